// The member, by its public interface and by what /dev/ adds to it.

let token = '';

export function signIn(given) {
  token = given;
}

async function json(response) {
  const body = response.status === 204 ? {} : await response.json();
  if (!response.ok) {
    throw new Error(body.detail ?? body.title ?? `status ${response.status}`);
  }
  return body;
}

function authorized(more = {}) {
  return {...more, Authorization: `Bearer ${token}`};
}

/** The key behind the # of the address; asked for each time, since another address may be pasted meanwhile. */
const key = () => new URLSearchParams(location.hash.slice(1)).get('key') ?? '';

export const dev = async (path) => json(await fetch(path, {headers: {'X-Tributary-Key': key()}}));

export const read = async (path) => json(await fetch(path, {headers: authorized()}));

export async function reply(conversation, text) {
  return json(await fetch(`/v1/conversations/${conversation}/interactions`, {
    method: 'POST',
    headers: authorized({'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID()}),
    body: JSON.stringify({parts: [{type: 'text', text}]}),
  }));
}

/** Sends what a provider would; no token: providers have none. */
export async function webhook(account, {method, path, headers, body}) {
  const response = await fetch(`/channels/${account}/webhook${path}`, {
    method,
    headers,
    body: method === 'GET' ? undefined : body,
  });
  return {status: response.status, text: await response.text()};
}
