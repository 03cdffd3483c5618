// Imports point down only:
// app -> components | lib/actions, http, dialects, queries -> lib/services -> lib/channels, delivery, db, crypto, auth -> lib/core
const WAYS_IN = "^lib/(actions|http|dialects|queries)/";
const MIDDLE = "^lib/(channels|delivery|db|crypto|auth)/";

const forbid = (name, from, to, comment) => ({ name, severity: "error", comment, from, to });

module.exports = {
  forbidden: [
    forbid(
      "no-cycles",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
      "Whatever needs each other belongs together.",
    ),
    forbid("resolvable", {}, { couldNotResolve: true }, "An import that leads nowhere."),
    forbid(
      "core-stands-alone",
      { path: "^lib/core/" },
      { path: "^(app|components|scripts|tests|lib/(?!core/))" },
      "lib/core imports nothing of ours.",
    ),
    forbid(
      "env-knows-core-alone",
      { path: "^lib/env\\.ts$" },
      { path: "^(app|components|lib/(?!core/))" },
      "lib/env.ts imports lib/core at most.",
    ),
    forbid(
      "middle-points-down",
      { path: MIDDLE, pathNot: "\\.test\\.tsx?$" },
      { path: ["^lib/services/", WAYS_IN] },
      "Services use these, not the other way round.",
    ),
    forbid("services-point-down", { path: "^lib/services/" }, { path: WAYS_IN }, "A verb does not know who calls it."),
    forbid(
      "lib-below-screens",
      { path: "^lib/", pathNot: "\\.test\\.tsx?$" },
      { path: "^(app|components)/" },
      "lib/ does not know the screens.",
    ),
    forbid(
      "components-stay-on-top",
      { path: "^components/" },
      { path: ["^app/", "^lib/(services|db|crypto|delivery|http|dialects)/", "^lib/env\\.ts$"], dependencyTypesNot: ["type-only"] },
      "Components get their data from app/ and lib/queries, and act through lib/actions.",
    ),
    forbid("app-composes", { path: "^app/" }, { path: "^lib/(db|crypto|delivery)/" }, "Nothing in app/ decides, seals or stores."),
    forbid(
      "next-stays-outside",
      { path: "^lib/", pathNot: ["^lib/(actions|i18n)/", "^lib/auth/"] },
      { path: "^(node_modules/)?next/" },
      "The rest of lib/ can be mounted elsewhere.",
    ),
    forbid(
      "product-without-tests",
      { path: "^(app|components|lib|scripts)/", pathNot: "\\.test\\.tsx?$" },
      { path: "^tests/" },
      "Nothing that ships needs the tests.",
    ),
    forbid(
      "product-without-scripts",
      { path: "^(app|components|lib)/", pathNot: "\\.test\\.tsx?$" },
      { path: "^scripts/" },
      "Scripts use lib/, not the other way round.",
    ),
    forbid(
      "product-without-dev-packages",
      { path: "^(app|components|lib|scripts)/", pathNot: ["\\.test\\.tsx?$", "^scripts/parts/checks"] },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "^node_modules/@types/" },
      "Whatever runs in production stands in dependencies.",
    ),
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^lib/db/generated/"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"] },
  },
};
