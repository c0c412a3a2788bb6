'use strict';
const blob = new Blob(['cloned'], { type: 'a/b' });
const copy = structuredClone({ blob, same: blob });
copy.blob.text().then(async (text) => {
  console.log(text, copy.blob.type, copy.blob === copy.same, copy.blob instanceof Blob);
  const file = structuredClone(new File(['xyz'], 'n', { lastModified: 9, type: 'c/d' }));
  console.log(file.name, file.lastModified, file.type, file instanceof File, await file.text());
  const { port1, port2 } = new MessageChannel();
  port2.on('message', async (message) => {
    console.log(await message.slice(1, 3).text());
    port2.close();
  });
  port1.postMessage(blob);
});
