'use strict';

const { codes } = require('internal/errors');
const { validateInt32 } = require('internal/validators');
const binding = internalBinding('os');

const isWindows = process.platform === 'win32';

function systemError(info) {
  const { SystemError } = require('internal/fs/utils');
  let message = `A system error occurred: ${info.syscall} returned ${info.code} (${info.message})`;
  if (info.path !== undefined) message += ` ${info.path}`;
  return new SystemError('ERR_SYSTEM_ERROR', message, info);
}

// A native call that fails returns the error's description.
function checked(value) {
  if (typeof value === 'object' && value !== null && value.syscall !== undefined) throw systemError(value);
  return value;
}

const uname = binding.uname;
let unameCache;
function osInfo(i) {
  if (unameCache === undefined) unameCache = uname();
  return unameCache[i];
}

const arch = () => process.arch;
const availableParallelism = () => binding.availableParallelism();
const cpus = () => binding.cpus();
const endianness = () => binding.endianness;
const freemem = () => binding.freemem();
const homedir = () => checked(binding.homedir());
const hostname = () => checked(binding.hostname());
const loadavg = () => binding.loadavg();
const machine = () => osInfo(3);
const networkInterfaces = () => binding.networkInterfaces();
const platform = () => process.platform;
const release = () => osInfo(2);
const totalmem = () => binding.totalmem();
const type = () => osInfo(0);
const uptime = () => checked(binding.uptime());
const version = () => osInfo(1);

function tmpdir() {
  const { env } = process;
  if (isWindows) {
    const path = env.TEMP || env.TMP || `${env.SystemRoot || env.windir}\\temp`;
    if (path.length > 1 && path.endsWith('\\') && !path.endsWith(':\\')) return path.slice(0, -1);
    return path;
  }
  const path = env.TMPDIR || env.TMP || env.TEMP || '/tmp';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function getPriority(pid) {
  if (pid === undefined) pid = 0;
  else validateInt32(pid, 'pid');
  return checked(binding.getPriority(pid));
}

function setPriority(pid, priority) {
  if (priority === undefined) {
    priority = pid;
    pid = 0;
  }
  validateInt32(pid, 'pid');
  validateInt32(priority, 'priority', -20, 19);
  checked(binding.setPriority(pid, priority));
}

function userInfo(options) {
  if (typeof options !== 'object') options = null;
  const encoding = options?.encoding;
  const user = checked(binding.userInfo());
  if (encoding !== undefined) {
    const { Buffer } = require('buffer');
    const name = `${encoding}`.toLowerCase();
    if (name === 'buffer' || (name !== 'utf8' && name !== 'utf-8' && Buffer.isEncoding(encoding))) {
      for (const key of ['username', 'homedir', 'shell']) {
        if (user[key] === null) continue;
        const bytes = Buffer.from(user[key]);
        user[key] = name === 'buffer' ? bytes : bytes.toString(name);
      }
    }
  }
  return user;
}

for (const fn of [availableParallelism, freemem, homedir, hostname, release, totalmem, type, uptime, version,
                  machine, endianness, tmpdir, arch, platform]) {
  fn[Symbol.toPrimitive] = () => fn();
}

module.exports = {
  arch, availableParallelism, cpus, endianness, freemem, getPriority, homedir, hostname, loadavg,
  networkInterfaces, platform, release, setPriority, tmpdir, totalmem, type, userInfo, uptime, version, machine,
};

const c = binding.constants;
const freeze = Object.freeze;
const constants = Object.assign({ __proto__: null }, {
  UV_UDP_REUSEADDR: 4,
  dlopen: freeze(Object.assign({ __proto__: null }, c.dlopen)),
  errno: freeze(Object.assign({ __proto__: null }, c.errno)),
  signals: freeze(Object.assign({ __proto__: null }, c.signals)),
  priority: freeze(Object.assign({ __proto__: null }, {
    PRIORITY_LOW: 19, PRIORITY_BELOW_NORMAL: 10, PRIORITY_NORMAL: 0,
    PRIORITY_ABOVE_NORMAL: -7, PRIORITY_HIGH: -14, PRIORITY_HIGHEST: -20,
  })),
});

Object.defineProperties(module.exports, {
  constants: { __proto__: null, configurable: false, enumerable: true, value: constants },
  EOL: { __proto__: null, configurable: true, enumerable: true, writable: false, value: isWindows ? '\r\n' : '\n' },
  devNull: {
    __proto__: null, configurable: true, enumerable: true, writable: false,
    value: isWindows ? '\\\\.\\nul' : '/dev/null',
  },
});
