// npm start: the server, with everything it needs.
import { launch } from "./launch.mjs";

launch("main.js");
