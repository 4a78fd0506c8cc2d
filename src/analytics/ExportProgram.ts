/** The program that makes the files of the export: told which, it answers with how many rows each has. */
import { Schema } from "effect";
import { answerOrders } from "./answerOrders.ts";
import { ExportOrder } from "./ExportApart.ts";
import { FileMaker } from "./FileMaker.ts";
import { DATASETS } from "./sources.ts";

const decodeOrder = Schema.decodeUnknownSync(ExportOrder);

let maker: FileMaker | undefined;

answerOrders(async (order) => {
  const { dataset: name, path, segment, url } = decodeOrder(order);
  const dataset = DATASETS.find((one) => one.name === name);
  if (dataset === undefined) throw new Error(`there is no dataset ${name}`);
  maker ??= await FileMaker.open(url);
  try {
    return await maker.make({ dataset, segment, path });
  } catch (cause) {
    // After a failure nothing is known of the connection to the database.
    const broken = maker;
    maker = undefined;
    await broken.close();
    throw cause;
  }
});
