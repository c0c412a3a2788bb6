for (const s of ['p', 'p/a/ok', 'p/a/zz', 'p/b/x', 'p/bad', 'p/bad2', 'p/nomatch', 'p/missing', 'p/none', 'p/num', 'p/arr',
  'mainbad', 'nothing', './broken.json', '@s', '#foo', 'node:nope', '', 3]) {
  try {
    console.log(s, require(s));
  } catch (e) {
    console.log(s, e.code, e.name, e.message.replaceAll(__dirname, '<dir>'), Object.keys(e));
  }
}
