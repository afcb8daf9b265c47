// How things are shown. Text is always set as text: nothing that somebody wrote becomes markup.

export const pretty = (value) => JSON.stringify(value, null, 2);

export function complaint(each) {
  const item = document.createElement('li');
  const place = each.file ? `${each.file}:${each.line}:${each.column}\n` : '';
  item.textContent = place + each.text + (each.source ? `\n    ${each.source.trim()}` : '');
  return item;
}

const ARROWS = {inbound: '→', outbound: '←', internal: '·'};

export function row(event) {
  const {data} = event;
  const item = document.createElement('li');
  item.setAttribute('role', 'option');
  item.id = `i-${data.id}`;
  const small = document.createElement('small');
  small.textContent = `#${data.position} ${data.account} ${data.address ?? ''} ${data.parts?.[0]?.type ?? ''}`;
  item.append(`${ARROWS[data.direction] ?? ''} ${data.fallbackText}`, small);
  return item;
}

export function call(each) {
  const headers = Object.entries(each.headers).map(([name, values]) => `${name}: ${values.join(', ')}`);
  return `${each.method} ${each.path}   answered ${each.answered}\n${headers.join('\n')}\n\n${each.body}`;
}

/** Headers, an empty line, the body. */
export function parsed(text) {
  const at = text.search(/\r?\n\r?\n/);
  return at < 0
    ? {headers: text.trim(), body: ''}
    : {headers: text.slice(0, at), body: text.slice(at).replace(/^\r?\n\r?\n/, '').replace(/\r?\n$/, '')};
}

export function headersOf(text) {
  return text.split('\n').map((line) => line.trim()).filter((line) => line.includes(':'))
    .map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]);
}
