package io.tributary.samples.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The desk's state is pure functions: they are called as they are, in the browser that runs them.
class StoreIT extends DeskFixture {

    private static final String TOOLS =
            """
            const { initial, reduce, shownRows, waiting, expectedPosition } = await import('/desk/app/store.js');
            const { lines } = await import('/desk/app/reading.js');
            const { Frames } = await import('/desk/app/stream.js');
            const { pieces, safeLink } = await import('/desk/app/words.js');
            const say = (position, conversation, more = {}) => ({ cursor: 'c' + position, data: {
              id: 'i' + position, position, conversationId: conversation, channel: 'pager', account: 'a', line: 'l', address: conversation,
              direction: 'inbound', actor: { kind: 'customer' }, occurredAt: '2026-11-22T12:00:00Z', receivedAt: '2026-11-22T12:00:00Z',
              parts: [{ number: 1, type: 'text', text: 't' + position }], fallbackText: 't' + position, ...more } });
            const begun = (...events) => reduce({ ...initial(), loaded: true, me: { id: 'me' } }, { type: 'events', events, watching: false });
            const permutations = (list) => list.length < 2 ? [list]
              : list.flatMap((each, i) => permutations([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [each, ...rest]));
            """;

    @BeforeEach
    void onItsOrigin() {
        page.navigate(member.url() + "/desk/icon.svg");
    }

    private Object run(String script) {
        return page.evaluate("async () => {" + TOOLS + script + "}");
    }

    @Test
    @DisplayName(
            "receipts in any order end the same: the furthest counts, and arrived beats failed")
    void receiptsInAnyOrder() {
        String script =
                """
                const ends = (statuses) => [...new Set(permutations(statuses).map((order) => {
                  const sent = say(1, 'x', { direction: 'outbound', actor: { kind: 'agent', id: 'me' } }).data;
                  const items = [sent, ...order.map((status, i) => say(i + 2, 'x', {
                    parts: [{ number: 1, type: 'receipt', status }], target: { interaction: 'i1' } }).data)];
                  return lines({ items, freshFrom: null })[0].delivery.status;
                }))];
                return [ends(['unknown', 'accepted', 'sent', 'delivered', 'read', 'failed']).join(), ends(['accepted', 'failed', 'delivered']).join(),
                  ends(['unknown', 'accepted', 'sent', 'failed']).join(), ends(['unknown']).join(), ends([]).join()];
                """;
        assertThat(run(script))
                .isEqualTo(List.of("read", "delivered", "failed", "unknown", "sending"));
    }

    @Test
    @DisplayName("of a message in several parts the slowest counts, and one failed part fails it")
    void severalParts() {
        String script =
                """
                const at = (...receipts) => {
                  const sent = say(1, 'x', { direction: 'outbound', parts: [{ number: 1, type: 'text' }, { number: 2, type: 'text' }] }).data;
                  const items = [sent, ...receipts.map(([part, status], i) => say(i + 2, 'x', {
                    parts: [{ type: 'receipt', status }], target: { interaction: 'i1', part } }).data)];
                  return lines({ items, freshFrom: null })[0].delivery.status;
                };
                return [at([1, 'delivered'], [2, 'sent']), at([1, 'delivered'], [2, 'failed']), at([0, 'sent'], [1, 'read']), at([0, 'read'])];
                """;
        assertThat(run(script)).isEqualTo(List.of("sent", "failed", "sent", "read"));
    }

    @Test
    @DisplayName(
            "a stream that repeats itself changes nothing, and states before are left as they were")
    void repeatedEvents() {
        String script =
                """
                const events = [say(1, 'x'), say(2, 'y'), say(3, 'x')];
                const first = reduce(begun(), { type: 'select', id: 'x' });
                const once = reduce(first, { type: 'events', events, watching: false });
                const frozen = JSON.stringify([...once.rows.values()]);
                const twice = reduce(once, { type: 'events', events, watching: false });
                return [once.threads.get('x').items.length, twice.threads.get('x').items.length, twice.rows.get('x').unread, first.rows.size,
                  JSON.stringify([...once.rows.values()]) === frozen, once.order === twice.order];
                """;
        assertThat(run(script)).isEqualTo(List.of(2, 2, 2, 0, true, true));
    }

    @Test
    @DisplayName("while held the order stays and those who would move are counted")
    void held() {
        String script =
                """
                const held = reduce(begun(say(1, 'a'), say(2, 'b'), say(3, 'c')), { type: 'hold', held: true });
                const names = (state) => shownRows(state).map((row) => row.id).join('');
                const counts = [waiting(held)];
                let now = held;
                for (const event of [say(4, 'c'), say(5, 'a'), say(6, 'd'), say(7, 'd')]) {
                  now = reduce(now, { type: 'events', events: [event], watching: false });
                  counts.push(waiting(now));
                }
                return [counts.join(), names(now), names(reduce(now, { type: 'hold', held: false }))];
                """;
        assertThat(run(script)).isEqualTo(List.of("0,0,1,2,2", "cba", "dacb"));
    }

    @Test
    @DisplayName("what one wrote oneself is no news, what a customer or a colleague wrote is")
    void expectations() {
        String script =
                """
                const own = { direction: 'outbound', actor: { kind: 'agent', id: 'me' } };
                const colleague = { direction: 'outbound', actor: { kind: 'agent', id: 'other' } };
                const receipt = { parts: [{ type: 'receipt', status: 'sent' }] };
                const expected = (...events) => {
                  let state = reduce(begun(), { type: 'select', id: 'x' });
                  state = reduce(state, { type: 'events', events, watching: false });
                  return expectedPosition(state, { conversation: 'x', expected: 1 });
                };
                return [expected(say(1, 'x'), say(2, 'x', own), say(3, 'x', receipt)), expected(say(1, 'x'), say(2, 'x', own), say(3, 'x'), say(4, 'x', own)),
                  expected(say(1, 'x'), say(2, 'x', colleague))];
                """;
        assertThat(run(script)).isEqualTo(List.of(3, 2, 1));
    }

    @Test
    @DisplayName("events are cut right wherever the portions end")
    void frames() {
        String script =
                """
                const text = 'retry: 5\\n\\nid: c1\\nevent: e\\ndata: {"a":1}\\n\\nid: c2\\n: alive\\n\\n: comment\\n\\nid: c3\\r\\ndata: x\\r\\ndata: y\\r\\n\\r\\n';
                const all = new Set();
                for (let size = 1; size <= text.length; size++) {
                  const frames = new Frames();
                  const found = [];
                  for (let i = 0; i < text.length; i += size) {
                    found.push(...frames.push(text.slice(i, i + size)));
                  }
                  all.add(JSON.stringify(found));
                }
                return [...all];
                """;
        assertThat(run(script))
                .isEqualTo(
                        List.of(
                                "[{\"id\":\"c1\",\"data\":\"{\\\"a\\\":1}\"},{\"id\":\"c2\",\"data\":\"\"},{\"id\":\"c3\",\"data\":\"x\\ny\"}]"));
    }

    @Test
    @DisplayName("only web addresses become links, and no text is lost")
    void links() {
        String script =
                """
                const texts = ['see https://shop.example/a?b=c.', 'javascript:alert(1)', 'http://[::1', '(HTTPS://SHOP.EXAMPLE)', 'x', '', 'ftp://a.b data:text/html,x'];
                return [texts.every((text) => pieces(text).map((each) => each.text).join('') === text),
                  texts.flatMap((text) => pieces(text)).filter((each) => each.link).map((each) => each.link).join(' '),
                  [safeLink('javascript:alert(1)'), safeLink(' https://a.b'), safeLink(null), safeLink('//a.b')].every((each) => each === null)];
                """;
        assertThat(run(script))
                .isEqualTo(List.of(true, "https://shop.example/a?b=c https://shop.example/", true));
    }
}
