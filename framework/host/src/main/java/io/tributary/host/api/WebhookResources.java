package io.tributary.host.api;

import io.tributary.host.access.Scope;
import io.tributary.host.agents.Filters;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.WebhookRecords.Aside;
import io.tributary.host.journal.WebhookRecords.Progress;
import io.tributary.host.journal.WebhookRecords.Setup;
import io.tributary.host.webhooks.FilterText;
import io.tributary.host.webhooks.Outcome;
import io.tributary.host.webhooks.Webhooks;
import io.tributary.model.InteractionId;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Webhooks of agent apps, for operators. Secrets come out once, when they are made.
final class WebhookResources {

    private static final long SMALL = 16 * 1024;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_OVERLAP = 7 * 24;
    private static final int USUAL_OVERLAP = 24;
    private static final Set<String> FILTERS =
            new TreeSet<>(Set.of("channel", "account", "conversation", "direction", "type"));

    private final Webhooks webhooks;
    private final Filters filters;

    WebhookResources(Webhooks webhooks, Filters filters) {
        this.webhooks = webhooks;
        this.filters = filters;
    }

    void add(Routes routes) {
        String all = "/admin/v1/webhooks";
        String one = all + "/{id}";
        Scope read = Scope.ADMIN_READ;
        Scope write = Scope.ADMIN_WRITE;
        routes.add("GET", all, read, 0, Refusals.told(this::list));
        routes.add("POST", all, write, SMALL, Refusals.told(this::create));
        routes.add("GET", one, read, 0, Refusals.told(this::show));
        routes.add("PUT", one, write, SMALL, Refusals.told(this::change));
        routes.add("DELETE", one, write, 0, Refusals.told(this::remove));
        routes.add("POST", one + "/rotate", write, SMALL, Refusals.told(this::rotate));
        routes.add("POST", one + "/test", write, SMALL, Refusals.told(this::test));
        routes.add("POST", one + "/redeliver", write, SMALL, Refusals.told(this::redeliver));
    }

    private Answer list(Request request) {
        Query.of(request);
        ObjectNode body = RequestJson.JSON.createObjectNode();
        ArrayNode items = body.putArray("items");
        webhooks.list(request.principal()).forEach(each -> items.add(view(each)));
        return json(200, body);
    }

    private Webhooks.View seen(Request request) {
        return webhooks.need(request.need("id"), request.principal());
    }

    private Answer show(Request request) {
        Webhooks.View webhook = seen(request);
        ObjectNode view = view(webhook);
        ArrayNode aside = view.putArray("aside");
        webhooks.aside(webhook).forEach(each -> aside.add(view(each)));
        return json(200, view);
    }

    private Answer create(Request request) {
        RequestJson body = RequestJson.of(request);
        Webhooks.Draft draft = draft(body, request);
        String after = body.text("after");
        finish(body, draft.url());
        return made(201, webhooks.create(draft, after, request.principal()));
    }

    private Answer change(Request request) {
        Webhooks.View webhook = seen(request);
        RequestJson body = RequestJson.of(request);
        Webhooks.Wish wish = wish(body, request);
        finish(body, wish.url());
        return json(200, view(webhooks.change(webhook, wish, request.principal())));
    }

    /// What is not there stays as it is.
    private Webhooks.Wish wish(RequestJson body, Request request) {
        boolean named = body.text("name") != null;
        String url = body.text("url");
        JsonNode filter = body.node("filter");
        boolean filtered = !filter.isMissingNode() && !filter.isNull();
        return new Webhooks.Wish(
                named ? name(body, body.needText("name")) : null,
                url == null ? null : url(body, url),
                filtered ? filter(body, request) : null,
                active(body));
    }

    private static @Nullable Boolean active(RequestJson body) {
        String state = body.text("state");
        if (state == null) {
            return null;
        }
        if (!Set.of("active", "paused").contains(state)) {
            body.error("/state", "must be active or paused");
        }
        return state.equals("active");
    }

    private Webhooks.Draft draft(RequestJson body, Request request) {
        String name = name(body, body.needText("name"));
        URI url = url(body, body.needText("url"));
        return new Webhooks.Draft(name, url, filter(body, request));
    }

    private static String name(RequestJson body, String text) {
        if (text.length() > LONGEST_NAME) {
            body.error("/name", "has more than " + LONGEST_NAME + " characters");
        }
        return text;
    }

    private static URI url(RequestJson body, String text) {
        try {
            if (text.length() <= LONGEST_URL) {
                return new URI(text);
            }
            body.error("/url", "has more than " + LONGEST_URL + " characters");
        } catch (URISyntaxException unreadable) {
            body.error("/url", "cannot be read as an address");
        }
        return URI.create("");
    }

    private Filter filter(RequestJson body, Request request) {
        Map<String, List<String>> wanted = new LinkedHashMap<>();
        body.object("filter")
                .forEachEntry((name, value) -> {
                    if (FILTERS.contains(name)) {
                        wanted.put(name, texts(body, name, value));
                    } else {
                        body.error(
                                "/filter/" + name,
                                "cannot be filtered by; there are " + String.join(", ", FILTERS));
                    }
                });
        return filters.of(wanted, request.principal());
    }

    private static List<String> texts(RequestJson body, String name, JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isString()) {
            texts.add(value.asString());
        } else if (value.isArray() && value.valueStream().allMatch(JsonNode::isString)) {
            value.forEach(each -> texts.add(each.asString()));
        } else {
            body.error("/filter/" + name, "must be a string or a list of strings");
        }
        return texts;
    }

    /// The address is looked up only where all else is right.
    private void finish(RequestJson body, @Nullable URI url) {
        body.finish();
        if (url != null) {
            webhooks.refusal(url).ifPresent(why -> body.error("/url", why));
            body.finish();
        }
    }

    private Answer remove(Request request) {
        webhooks.remove(seen(request), request.principal());
        return Answer.nothing();
    }

    private Answer rotate(Request request) {
        Webhooks.View webhook = seen(request);
        RequestJson body = RequestJson.of(request);
        Long hours = body.number("hours");
        if (hours != null && hours > LONGEST_OVERLAP) {
            body.error("/hours", "must be " + LONGEST_OVERLAP + " at the most");
        }
        body.finish();
        Duration overlap = Duration.ofHours(hours == null ? USUAL_OVERLAP : hours);
        return made(200, webhooks.rotate(webhook, overlap, request.principal()));
    }

    private Answer test(Request request) throws InterruptedException {
        Webhooks.View webhook = seen(request);
        RequestJson.of(request).finish();
        Outcome outcome = webhooks.test(webhook);
        return json(
                200,
                RequestJson.JSON
                        .createObjectNode()
                        .put("delivered", outcome instanceof Outcome.Delivered)
                        .put("text", outcome.text()));
    }

    private Answer redeliver(Request request) {
        Webhooks.View webhook = seen(request);
        RequestJson body = RequestJson.of(request);
        UUID event = body.uuid("event");
        String after = body.text("after");
        if ((event == null) == (after == null)) {
            body.error("/event", "or /after is needed, and not both");
        }
        body.finish();
        return json(
                202,
                view(
                        event == null
                                ? webhooks.redeliver(
                                        webhook, String.valueOf(after), request.principal())
                                : webhooks.redeliver(
                                        webhook, new InteractionId(event), request.principal())));
    }

    private static Answer made(int status, Webhooks.Made made) {
        return json(status, view(made.view()).put("secret", made.secret()));
    }

    private static ObjectNode view(Webhooks.View webhook) {
        Setup setup = webhook.webhook().setup();
        Progress progress = webhook.webhook().progress();
        ObjectNode view = RequestJson.JSON.createObjectNode();
        view.put("id", setup.id()).put("name", setup.name()).put("url", setup.url());
        view.set("filter", FilterText.node(webhook.filter()));
        view.put("state", setup.state().name().toLowerCase(Locale.ROOT))
                .put("reason", setup.reason())
                .put("cursor", progress.cursor());
        webhook.lag().ifPresent(lag -> view.put("lag", lag));
        view.put("waiting", webhook.aside().waiting())
                .put("givenUp", webhook.aside().givenUp())
                .put("failures", progress.failures())
                .put("problem", webhook.problem());
        put(view, "failingSince", progress.failingSince());
        put(view, "retryAt", progress.notBefore());
        put(view, "deliveredAt", progress.deliveredAt());
        put(view, "formerSecretUntil", setup.formerUntil());
        put(view, "createdAt", setup.createdAt());
        put(view, "changedAt", setup.changedAt());
        return view;
    }

    private static ObjectNode view(Aside aside) {
        ObjectNode view = RequestJson.JSON.createObjectNode();
        view.put("event", aside.event().toString())
                .put("attempts", aside.attempts())
                .put("reason", aside.reason());
        put(view, "firstAt", aside.firstAt());
        put(view, "retryAt", aside.notBefore());
        return view.put("givenUp", aside.notBefore() == null);
    }

    private static void put(ObjectNode view, String name, @Nullable Instant instant) {
        if (instant != null) {
            view.put(name, instant.toString());
        }
    }

    private static Answer json(int status, ObjectNode body) {
        return Answer.json(status, RequestJson.JSON.writeValueAsBytes(body));
    }
}
