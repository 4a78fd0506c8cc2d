import { tellSteps } from "../proof/tellSteps.ts";
import { verifyDrawSteps } from "./steps.ts";

tellSteps(verifyDrawSteps);
