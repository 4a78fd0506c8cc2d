// npm run cluster -- 3: several processes on one database.
import { launch } from "./launch.mjs";

launch("cluster.js");
