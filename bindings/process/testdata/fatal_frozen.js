// exit: 1
class MyErr extends Error { constructor(m) { super(m); this.name = "MyErr"; this.extra = 1; } }
throw new MyErr("mine");
