process.emitWarning("w1"); process.emitWarning("w2", { type: "T", code: "C", detail: "some detail" }); process.emitWarning("dep", "DeprecationWarning", "DEP9");
