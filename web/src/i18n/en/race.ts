export const race = {
  canvas: "The race, seen from the stands",
  positions: "Positions",
  leads: "leads",
  first: "first",
  ahead: "+{{distance}}",
  toGo: "{{distance}} to go",
  finish: "FINISH",
  start: "START",
  finishPicture: "FINISH PICTURE",
  scratched: "{{name}}, scratched",
  you: "YOU",
};
