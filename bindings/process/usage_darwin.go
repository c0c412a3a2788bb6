package process

const rssUnit = 1024 // ru_maxrss is in bytes
