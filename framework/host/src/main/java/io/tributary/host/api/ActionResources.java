package io.tributary.host.api;

import io.tributary.host.access.Scope;
import io.tributary.host.accounts.ActionInput;
import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Unit;
import io.tributary.model.Json;
import io.tributary.spi.NotStored;
import io.tributary.spi.OffersActions;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a channel lets operators do, such as making a code for a device. Each is in the audit, what
/// was entered and what came of it is not: it may be a secret.
final class ActionResources {

    private static final Logger LOG = LoggerFactory.getLogger(ActionResources.class);

    private static final long LIMIT = 64 * 1024;

    private final OpenAccounts accounts;
    private final Journal journal;
    private final InstantSource clock;

    ActionResources(OpenAccounts accounts, Journal journal, InstantSource clock) {
        this.accounts = accounts;
        this.journal = journal;
        this.clock = clock;
    }

    void add(Routes routes) {
        routes.add(
                "GET",
                "/admin/v1/accounts/{id}/actions",
                Scope.ADMIN_READ,
                0,
                Refusals.told(this::list));
        routes.add(
                "POST",
                "/admin/v1/accounts/{id}/actions/{action}",
                Scope.ADMIN_WRITE,
                LIMIT,
                Refusals.told(this::perform));
    }

    private Answer list(Request request) throws InterruptedException {
        Query.of(request);
        var account = serving(request);
        ObjectNode body = RequestJson.JSON.createObjectNode();
        var items = body.putArray("items");
        for (var action : actions(account)) {
            items.addObject()
                    .put("name", action.name())
                    .put("title", action.title())
                    .set("input", RequestJson.JSON.readTree(action.input().text()));
        }
        return Answer.json(200, RequestJson.JSON.writeValueAsBytes(body));
    }

    private Answer perform(Request request) throws InterruptedException {
        var account = serving(request);
        var name = request.need("action");
        var action =
                actions(account).stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> Ids.notFound("action"));
        RequestJson body = RequestJson.of(request);
        ObjectNode input = body.object("input");
        body.finish();
        check(action, input);
        note(request, account, name);
        var offers = account.ability(OffersActions.class).orElseThrow();
        var given = Json.of(input.toString());
        Json result = told(account, Calls.Kind.PERFORM, () -> offers.perform(action.name(), given));
        ObjectNode answer = RequestJson.JSON.createObjectNode();
        answer.set("result", read(account, result));
        return Answer.json(200, RequestJson.JSON.writeValueAsBytes(answer));
    }

    private OpenAccount serving(Request request) {
        var id = Ids.account(request);
        if (!request.principal().sees(id)) {
            throw Ids.notFound("account");
        }
        return switch (accounts.find(id)) {
            case OpenAccounts.Found.Open(OpenAccount open) -> open;
            case OpenAccounts.Found.Down(String why) ->
                    throw new Problem(ProblemType.UNAVAILABLE, "The account is down: " + why)
                            .header("Retry-After", "5");
            case OpenAccounts.Found.Unknown _ -> throw Ids.notFound("account");
        };
    }

    private static List<OffersActions.Action> actions(OpenAccount account)
            throws InterruptedException {
        var offers = account.ability(OffersActions.class);
        return offers.isEmpty()
                ? List.of()
                : told(account, Calls.Kind.CAPABILITIES, () -> offers.get().actions());
    }

    private static void check(OffersActions.Action action, ObjectNode input) {
        List<Map<String, Object>> errors =
                ActionInput.problems(action.input(), input).stream()
                        .map(each -> {
                            Map<String, Object> error = new LinkedHashMap<>();
                            error.put("pointer", each.pointer());
                            error.put("detail", each.text());
                            return error;
                        })
                        .toList();
        if (!errors.isEmpty()) {
            throw RequestJson.invalid(errors);
        }
    }

    /// Before it is done: what was begun is known, however it ends.
    private void note(Request request, OpenAccount account, String action) {
        journal.append(
                        Unit.of(
                                new Change.AddAudit(
                                        request.principal().id(),
                                        "account.action",
                                        account.id().value(),
                                        action,
                                        clock.instant())))
                .join();
    }

    private static JsonNode read(OpenAccount account, Json result) {
        try {
            return RequestJson.JSON.readTree(result.text());
        } catch (JacksonException broken) {
            LOG.warn("account={} an action answered what is no JSON", account.id());
            throw new Problem(
                    ProblemType.INTERNAL,
                    "It was done, and what the channel says of it is no JSON.");
        }
    }

    private static <T> T told(OpenAccount account, Calls.Kind kind, Callable<T> call)
            throws InterruptedException {
        try {
            return account.calls().ask(kind, account.id(), call);
        } catch (PluginFailure failure) {
            LOG.warn("account={} an action failed: {}", account.id(), failure.toString());
            throw problem(failure);
        }
    }

    private static Problem problem(PluginFailure failure) {
        var trouble = failure.trouble();
        if (trouble != null) {
            var again = trouble.retryAfter();
            var said = trouble.reason().code() + ": " + trouble.reason().text();
            return again == null
                    ? new Problem(ProblemType.INVALID, said)
                    : new Problem(ProblemType.UNAVAILABLE, said)
                            .header("Retry-After", Long.toString(Math.max(1, again.toSeconds())));
        }
        if (failure.notStored() == NotStored.Why.CONFLICT) {
            return new Problem(ProblemType.CONFLICT, "Somebody else was quicker.");
        }
        return switch (failure.why()) {
            case MALFORMED ->
                    new Problem(ProblemType.INVALID, String.valueOf(failure.getMessage()));
            case CLOSED, NOT_STORED ->
                    new Problem(ProblemType.UNAVAILABLE, "It cannot be done now.")
                            .header("Retry-After", "5");
            case THROWN, TROUBLE, DEADLINE, STUCK ->
                    new Problem(ProblemType.INTERNAL, "The channel failed: " + failure);
        };
    }
}
