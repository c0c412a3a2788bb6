'use strict';
// util.parseArgs: tokens first, then values and positionals from them.

const { codes } = require('internal/errors');
const { validateArray, validateBoolean, validateBooleanArray, validateObject, validateOneOf, validateString, validateStringArray } =
  require('internal/validators');

function mainArgs() {
  const { execArgv, argv } = process;
  for (let i = 0; i < execArgv.length; i++) {
    const a = execArgv[i];
    if (a === '-e' || a === '--eval' || a === '-p' || a === '--print') return argv.slice(1);
  }
  return argv.slice(2);
}

function own(options, name, key) {
  return Object.hasOwn(options, name) && Object.hasOwn(options[name], key) ? options[name][key] : undefined;
}

function longForShort(short, options) {
  const names = Object.keys(options);
  for (let i = 0; i < names.length; i++) {
    if (own(options, names[i], 'short') === short) return names[i];
  }
  return short;
}

function tokenize(args, options) {
  const tokens = [];
  const rest = args.slice();
  let index = -1, group = 0, next = 0;
  const option = (name, rawName, value, inlineValue) => {
    tokens.push({ kind: 'option', name, rawName, index, value, inlineValue });
    if (value != null && inlineValue === false) index++;
  };
  const takeValue = (name) => own(options, name, 'type') === 'string' && rest[next] != null;
  while (next < rest.length) {
    const arg = rest[next++];
    if (group > 0) group--;
    else index++;
    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index });
      while (next < rest.length) tokens.push({ kind: 'positional', index: ++index, value: rest[next++] });
      break;
    }
    if (typeof arg !== 'string' || arg.length < 2 || arg[0] !== '-') {
      tokens.push({ kind: 'positional', index, value: arg });
      continue;
    }
    if (arg[1] !== '-') {
      const name = longForShort(arg[1], options);
      if (arg.length === 2) {
        let value, inline;
        if (takeValue(name)) {
          value = rest[next++];
          inline = false;
        }
        option(name, arg, value, inline);
      } else if (own(options, name, 'type') !== 'string') {
        // -abc is -a -b -c, or -a -b value-of-b
        const expanded = [];
        for (let i = 1; i < arg.length; i++) {
          const long = longForShort(arg[i], options);
          if (own(options, long, 'type') !== 'string' || i === arg.length - 1) {
            expanded.push(`-${arg[i]}`);
          } else {
            expanded.push(`-${arg.slice(i)}`);
            break;
          }
        }
        rest.splice.apply(rest, [next, 0].concat(expanded));
        group = expanded.length;
      } else {
        option(name, `-${arg[1]}`, arg.slice(2), true);
      }
      continue;
    }
    const eq = arg.indexOf('=', 3);
    if (eq === -1) {
      const name = arg.slice(2);
      let value, inline;
      if (takeValue(name)) {
        value = rest[next++];
        inline = false;
      }
      option(name, arg, value, inline);
    } else {
      option(arg.slice(2, eq), arg.slice(0, eq), arg.slice(eq + 1), true);
    }
  }
  return tokens;
}

function checkUsage(config, token) {
  const { options, allowPositionals, allowNegative } = config;
  let { name } = token;
  if (!Object.hasOwn(options, name)) {
    const positive = name.startsWith('no-') ? name.slice(3) : '';
    if (!allowNegative || positive === '' || own(options, positive, 'type') !== 'boolean') {
      throw new codes.ERR_PARSE_ARGS_UNKNOWN_OPTION(token.rawName, allowPositionals);
    }
    name = positive;
  }
  const short = own(options, name, 'short');
  const both = `${short ? `-${short}, ` : ''}--${name}`;
  const type = own(options, name, 'type');
  if (type === 'string' && typeof token.value !== 'string') {
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${both} <value>' argument missing`);
  }
  if (type === 'boolean' && token.value != null) {
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${both}' does not take an argument`);
  }
  if (token.inlineValue === false && token.value != null && token.value.length > 1 && token.value[0] === '-') {
    const example = token.rawName.startsWith('--') ? `'${token.rawName}=-XYZ'` : `'--${token.name}=-XYZ' or '${token.rawName}-XYZ'`;
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${token.rawName}' argument is ambiguous.
Did you forget to specify the option argument for '${token.rawName}'?
To specify an option argument starting with a dash use ${example}.`);
  }
}

function store(token, config, values) {
  let { name, value } = token;
  if (name === '__proto__') return;
  if (config.allowNegative && name.startsWith('no-') && value === undefined) {
    name = name.slice(3);
    value = false;
  }
  value = value ?? true;
  if (own(config.options, name, 'multiple')) {
    if (values[name] === undefined) values[name] = [];
    values[name].push(value);
  } else {
    values[name] = value;
  }
}

const parseArgs = (config = { __proto__: null }) => {
  const given = (key, fallback) => (config != null && Object.hasOwn(config, key) && config[key] != null ? config[key] : fallback);
  validateObject(config, 'config');
  const args = given('args', undefined) ?? mainArgs();
  const strict = given('strict', true);
  const allowPositionals = given('allowPositionals', !strict);
  const returnTokens = given('tokens', false);
  const allowNegative = given('allowNegative', false);
  const options = given('options', { __proto__: null });
  validateArray(args, 'args');
  validateBoolean(strict, 'strict');
  validateBoolean(allowPositionals, 'allowPositionals');
  validateBoolean(returnTokens, 'tokens');
  validateBoolean(allowNegative, 'allowNegative');
  validateObject(options, 'options');
  const names = Object.keys(options);
  for (let i = 0; i < names.length; i++) {
    const name = names[i], option = options[name];
    validateObject(option, `options.${name}`);
    const type = Object.hasOwn(option, 'type') ? option.type : undefined;
    if (type !== 'string' && type !== 'boolean') {
      throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}.type`, "('string|boolean')", type);
    }
    if (Object.hasOwn(option, 'short')) {
      validateString(option.short, `options.${name}.short`);
      if (option.short.length !== 1) {
        throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}.short`, option.short, 'must be a single character');
      }
    }
    const multiple = Object.hasOwn(option, 'multiple') ? option.multiple : undefined;
    if (multiple !== undefined) validateBoolean(multiple, `options.${name}.multiple`);
    const def = Object.hasOwn(option, 'default') ? option.default : undefined;
    if (def !== undefined) {
      const validate = type === 'string' ? (multiple ? validateStringArray : validateString) : (multiple ? validateBooleanArray : validateBoolean);
      validate(def, `options.${name}.default`);
    }
  }
  const settings = { options, allowPositionals, allowNegative };
  const tokens = tokenize(args, options);
  const result = { values: { __proto__: null }, positionals: [] };
  if (returnTokens) result.tokens = tokens;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token.kind === 'option') {
      if (strict) checkUsage(settings, token);
      store(token, settings, result.values);
    } else if (token.kind === 'positional') {
      if (!allowPositionals) throw new codes.ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL(token.value);
      result.positionals.push(token.value);
    }
  }
  for (let i = 0; i < names.length; i++) {
    const def = own(options, names[i], 'default');
    if (names[i] !== '__proto__' && def !== undefined && result.values[names[i]] === undefined) result.values[names[i]] = def;
  }
  return result;
};

module.exports = { parseArgs };
