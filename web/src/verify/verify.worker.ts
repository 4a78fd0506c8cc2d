import { tellSteps } from "../proof/tellSteps.ts";
import { verifySteps } from "./steps.ts";

tellSteps(verifySteps);
