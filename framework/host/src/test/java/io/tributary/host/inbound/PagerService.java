package io.tributary.host.inbound;

import io.tributary.model.Content;
import io.tributary.model.Identity;
import io.tributary.spi.Arrival;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Inbound;
import io.tributary.spi.Party;
import io.tributary.spi.RawEvent;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// A channel whose webhooks are lines of `key|from|text`. Texts may stand for something else: see
/// [#say].
final class PagerService implements ReceivesWebhooks {

    static final String LINE = "5550";

    private final ConcurrentHashMap<String, Function<String, List<Inbound>>> words =
            new ConcurrentHashMap<>();
    volatile Function<WebhookRequest, WebhookVerdict> verify = PagerService::split;

    /// What the plugin makes of the pieces of a whole: one text of theirs, with an end that says
    /// whether some are missing.
    volatile Function<Arrival, List<Inbound>> together =
            arrival -> {
                var whole = new StringBuilder();
                for (RawEvent piece : arrival.events()) {
                    whole.append(piece.body().utf8().split("\\|", 3)[2]);
                }
                String from = arrival.event().body().utf8().split("\\|", 3)[1];
                return List.of(text(from, whole + (arrival.complete() ? "." : " …")));
            };

    /// What the plugin makes of this text.
    PagerService say(String text, Function<String, List<Inbound>> meaning) {
        words.put(text, meaning);
        return this;
    }

    PagerService say(String text, Inbound meaning) {
        return say(text, _ -> List.of(meaning));
    }

    static Party party(String address) {
        return Party.of(address, Identity.byChannel("pager", address));
    }

    static Inbound text(String from, String text) {
        return Inbound.of(LINE, party(from), Content.text(text));
    }

    static RawEvent event(String line) {
        String key = line.substring(0, line.indexOf('|'));
        var bytes = io.tributary.model.Bytes.utf8(line);
        return RawEvent.of("page", bytes, Dedupe.key(key));
    }

    private static WebhookVerdict split(WebhookRequest request) {
        if (!"secret".equals(request.header("x-token"))) {
            return WebhookVerdict.refused("wrong token");
        }
        var events = new ArrayList<RawEvent>();
        for (String line : request.body().utf8().split("\n", -1)) {
            events.add(event(line));
        }
        return WebhookVerdict.accepted(Delivery.of(events));
    }

    @Override
    public WebhookVerdict verify(WebhookRequest request) {
        return verify.apply(request);
    }

    @Override
    public List<Inbound> translate(Arrival arrival) {
        if (arrival.event().piece() != null) {
            return together.apply(arrival);
        }
        String line = arrival.event().body().utf8();
        int first = line.indexOf('|');
        int second = line.indexOf('|', first + 1);
        String key = line.substring(0, first);
        String from = line.substring(first + 1, second);
        String text = line.substring(second + 1);
        var meaning = words.get(text);
        return meaning == null ? List.of(text(from, text).id(key)) : meaning.apply(from);
    }
}
