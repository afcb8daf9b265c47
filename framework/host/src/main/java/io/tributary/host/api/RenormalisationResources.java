package io.tributary.host.api;

import io.tributary.host.access.Scope;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.inbound.Renormalising;
import io.tributary.host.journal.Renormalisations.Counts;
import io.tributary.host.journal.Renormalisations.Run;
import io.tributary.host.journal.Renormalisations.State;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Runs over kept raw events, for operators whose token is not limited to accounts.
final class RenormalisationResources {

    private static final long SMALL = 16 * 1024;

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Renormalising runs;

    RenormalisationResources(Renormalising runs) {
        this.runs = runs;
    }

    void add(Routes routes) {
        String all = "/admin/v1/renormalisations";
        String one = all + "/{id}";
        routes.add("GET", all, Scope.ADMIN_READ, 0, Refusals.told(this::list));
        routes.add("POST", all, Scope.ADMIN_WRITE, SMALL, Refusals.told(this::begin));
        routes.add("GET", one, Scope.ADMIN_READ, 0, Refusals.told(this::show));
        routes.add("POST", one + "/stop", Scope.ADMIN_WRITE, SMALL, Refusals.told(this::stop));
    }

    private Answer list(Request request) {
        Query.of(request);
        refuseLimited(request);
        ObjectNode body = RequestJson.JSON.createObjectNode();
        ArrayNode items = body.putArray("items");
        runs.all().forEach(run -> items.add(view(run)));
        return json(200, body);
    }

    private Answer begin(Request request) {
        refuseLimited(request);
        RequestJson body = RequestJson.of(request);
        ChannelId channel = id(body, "channel", body.needText("channel"), ChannelId::of);
        String named = body.text("account");
        AccountId account = named == null ? null : id(body, "account", named, AccountId::of);
        Instant since = body.instant("since");
        if (since == null) {
            body.error("/since", "is needed");
        }
        Instant until = body.instant("until");
        bounded(body, "since", since);
        bounded(body, "until", until);
        if (since != null && until != null && !since.isBefore(until)) {
            body.error("/until", "must be after since");
        }
        boolean dry = flag(body, "dryRun");
        if (channel != null && !runs.isServed(channel, account)) {
            body.error(
                    account == null ? "/channel" : "/account",
                    "no account that is open here speaks the channel");
        }
        body.finish();
        if (channel == null || since == null) {
            throw new IllegalStateException("told above");
        }
        Renormalising.Wish wish = new Renormalising.Wish(channel, account, since, until, dry);
        Run run =
                runs.begin(wish, request.principal().id())
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemType.CONFLICT,
                                        "A run of this channel goes on: wait for its end or stop"
                                                + " it."));
        return json(202, view(run));
    }

    /// What lies beyond is a slip, and beyond what can be kept.
    private static void bounded(RequestJson body, String key, @Nullable Instant instant) {
        if (instant != null && (instant.isBefore(Instant.EPOCH) || instant.isAfter(LATEST))) {
            body.error("/" + key, "must be between 1970 and 9999");
        }
    }

    private interface Making<T> {
        T of(String text);
    }

    private static <T> @Nullable T id(RequestJson body, String key, String text, Making<T> making) {
        try {
            return text.isEmpty() ? null : making.of(text);
        } catch (IllegalArgumentException wrong) {
            body.error("/" + key, String.valueOf(wrong.getMessage()));
            return null;
        }
    }

    private static boolean flag(RequestJson body, String key) {
        var node = body.node(key);
        if (!node.isMissingNode() && !node.isBoolean()) {
            body.error("/" + key, "must be true or false");
        }
        return node.asBoolean(false);
    }

    private Answer show(Request request) {
        refuseLimited(request);
        Query.of(request);
        return json(200, view(need(request)));
    }

    private Answer stop(Request request) {
        refuseLimited(request);
        RequestJson.of(request).finish();
        Run run = need(request);
        if (!runs.stop(run.channel(), request.principal().id())) {
            throw new Problem(ProblemType.CONFLICT, "The run has ended already.");
        }
        return json(200, view(need(request)));
    }

    private Run need(Request request) {
        try {
            Optional<Run> run = runs.of(ChannelId.of(request.need("id")));
            return run.orElseThrow(() -> Ids.notFound("run of this channel"));
        } catch (IllegalArgumentException wrong) {
            throw Ids.notFound("run of this channel");
        }
    }

    /// A run is over all accounts of a channel, and its figures tell of all.
    private static void refuseLimited(Request request) {
        if (!request.principal().accounts().isEmpty()) {
            throw new Problem(
                    ProblemType.FORBIDDEN, "The token is limited to accounts; a run is not.");
        }
    }

    private static ObjectNode view(Run run) {
        Counts counts = run.counts();
        ObjectNode view =
                RequestJson.JSON
                        .createObjectNode()
                        .put("channel", run.channel().value())
                        .put("run", run.id())
                        .put("state", run.state().name().toLowerCase(Locale.ROOT))
                        .put("since", run.since().toString())
                        .put("until", run.until().toString())
                        .put("dryRun", run.dry())
                        .put("actor", run.actor())
                        .put("position", run.position())
                        .put("last", run.last())
                        .put("looked", counts.looked())
                        .put("unchanged", counts.unchanged())
                        .put("corrected", counts.corrected())
                        .put("passed", counts.passed())
                        .put("failed", counts.failed())
                        .put("beganAt", run.beganAt().toString());
        ArrayNode plugins = view.putArray("plugins");
        run.plugins().stream().sorted().forEach(plugins::add);
        AccountId account = run.account();
        if (account != null) {
            view.put("account", account.value());
        }
        Instant ended = run.endedAt();
        if (ended != null) {
            view.put("endedAt", ended.toString());
        }
        if (run.state() == State.FAILED || run.state() == State.STOPPED) {
            view.put("reason", run.reason());
        }
        return view;
    }

    private static Answer json(int status, ObjectNode body) {
        return Answer.json(status, RequestJson.JSON.writeValueAsBytes(body));
    }
}
