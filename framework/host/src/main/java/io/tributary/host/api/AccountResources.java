package io.tributary.host.api;

import io.tributary.host.access.Scope;
import io.tributary.host.accounts.AccountDraft;
import io.tributary.host.accounts.AccountView;
import io.tributary.host.accounts.Accounts;
import io.tributary.host.accounts.Changed;
import io.tributary.host.accounts.Channels;
import io.tributary.host.accounts.GivenSecret;
import io.tributary.host.accounts.SettingsProblem;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.Json;
import io.tributary.spi.Health;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Accounts and channels, for operators. Secrets go in and never come out.
final class AccountResources {

    private static final long LIMIT = 256 * 1024;
    private static final long SMALL = 16 * 1024;

    private final Accounts accounts;
    private final Channels channels;

    AccountResources(Accounts accounts, Channels channels) {
        this.accounts = accounts;
        this.channels = channels;
    }

    void add(Routes routes) {
        routes.add("GET", "/admin/v1/accounts", Scope.ADMIN_READ, 0, this::list);
        routes.add("GET", "/admin/v1/accounts/{id}", Scope.ADMIN_READ, 0, this::one);
        routes.add(
                "PUT",
                "/admin/v1/accounts/{id}",
                Scope.ADMIN_WRITE,
                LIMIT,
                Refusals.told(this::put));
        routes.add(
                "DELETE",
                "/admin/v1/accounts/{id}",
                Scope.ADMIN_WRITE,
                0,
                Refusals.told(this::remove));
        routes.add("POST", "/admin/v1/accounts/{id}/check", Scope.ADMIN_WRITE, SMALL, this::check);
        routes.add("GET", "/admin/v1/channels", Scope.ADMIN_READ, 0, this::channels);
    }

    private Answer list(Request request) {
        Query.of(request);
        ObjectNode body = RequestJson.JSON.createObjectNode();
        ArrayNode items = body.putArray("items");
        accounts.views().stream()
                .filter(each -> request.principal().sees(each.id()))
                .forEach(each -> items.add(view(each)));
        return json(body);
    }

    private Answer one(Request request) {
        return json(view(seen(request)));
    }

    private AccountView seen(Request request) {
        return accounts.view(Ids.account(request))
                .filter(each -> request.principal().sees(each.id()))
                .orElseThrow(() -> Ids.notFound("account"));
    }

    private static ObjectNode view(AccountView account) {
        ObjectNode view = RequestJson.JSON.createObjectNode();
        view.put("id", account.id().value());
        view.put("channel", account.channel().value());
        if (account.plugin() != null) {
            view.put("plugin", account.plugin().toString());
        }
        view.set("config", RequestJson.JSON.readTree(account.config().text()));
        account.secrets().forEach(view.putArray("secrets")::add);
        view.put("enabled", account.enabled());
        view.put("source", account.source().name().toLowerCase(Locale.ROOT));
        view.set("health", health(account.health()));
        if (account.webhook() != null) {
            view.put("webhook", account.webhook().toString());
        }
        if (account.updatedAt() != null) {
            view.put("updatedAt", account.updatedAt().toString());
        }
        return view;
    }

    private static ObjectNode health(Health health) {
        ObjectNode view = RequestJson.JSON.createObjectNode();
        view.put("state", health.state().name().toLowerCase(Locale.ROOT))
                .put("text", health.text());
        if (health.action() != null) {
            view.put("action", health.action());
        }
        return view;
    }

    private Answer put(Request request) throws InterruptedException {
        AccountId id = id(request);
        RequestJson body = RequestJson.of(request);
        String channel = body.needText("channel");
        ObjectNode config = body.object("config");
        Map<String, GivenSecret> secrets = secrets(body);
        boolean enabled = !body.has("enabled") || body.node("enabled").asBoolean(true);
        if (body.has("enabled") && !body.node("enabled").isBoolean()) {
            body.error("/enabled", "must be true or false");
        }
        ChannelId channelId = channelId(body, channel);
        body.finish();
        AccountDraft draft =
                new AccountDraft(channelId, Json.of(config.toString()), secrets, enabled, null);
        return answer(accounts.put(id, draft, request.principal().id()));
    }

    /// A new account's id is chosen by the caller: what cannot be one is the caller's mistake, and
    /// what the token does not see is nothing for it to make.
    private static AccountId id(Request request) {
        AccountId id;
        try {
            id = new AccountId(request.need("id"));
        } catch (IllegalArgumentException wrong) {
            throw new Problem(
                    ProblemType.INVALID,
                    "An account's id has 1 to 63 lower-case letters, digits and dashes.");
        }
        if (!request.principal().sees(id)) {
            throw Ids.notFound("account");
        }
        return id;
    }

    private static ChannelId channelId(RequestJson body, String text) {
        try {
            return new ChannelId(text.isEmpty() ? "-" : text);
        } catch (IllegalArgumentException wrong) {
            body.error("/channel", "cannot be a channel's id");
            return new ChannelId("-");
        }
    }

    private static Map<String, GivenSecret> secrets(RequestJson body) {
        Map<String, GivenSecret> secrets = new LinkedHashMap<>();
        body.object("secrets")
                .forEachEntry((name, value) -> {
                    GivenSecret secret = secret(value);
                    if (secret == null) {
                        body.error(
                                "/secrets/" + name,
                                "must be a string, {\"file\": path} or {\"env\": name}");
                    } else {
                        secrets.put(name, secret);
                    }
                });
        return secrets;
    }

    private static @org.jspecify.annotations.Nullable GivenSecret secret(JsonNode value) {
        if (value.isString()) {
            return new GivenSecret.Value(value.asString());
        }
        if (value.size() == 1 && value.path("file").isString()) {
            return file(value.path("file").asString());
        }
        if (value.size() == 1 && value.path("env").isString()) {
            return GivenSecret.environment(value.path("env").asString());
        }
        return null;
    }

    private static @org.jspecify.annotations.Nullable GivenSecret file(String path) {
        try {
            return GivenSecret.file(Path.of(path));
        } catch (InvalidPathException noPath) {
            return null;
        }
    }

    private Answer remove(Request request) throws InterruptedException {
        return answer(accounts.remove(seen(request).id(), null, request.principal().id()));
    }

    private static Answer answer(Changed changed) {
        return switch (changed) {
            case Changed.Done done -> json(view(done.account()));
            case Changed.Removed _ -> Answer.nothing();
            case Changed.Invalid invalid -> throw invalid(invalid.problems());
            case Changed.NotOpened not ->
                    throw new Problem(
                            ProblemType.INVALID,
                            "The channel could not open the account: " + not.why());
            case Changed.ReadOnly readOnly ->
                    throw new Problem(ProblemType.FROM_FILE, readOnly.why());
            case Changed.Conflict conflict ->
                    throw new Problem(ProblemType.CONFLICT, conflict.why());
            case Changed.Unknown _ -> throw Ids.notFound("account");
        };
    }

    private static Problem invalid(List<SettingsProblem> problems) {
        List<Map<String, Object>> errors = new ArrayList<>();
        for (SettingsProblem each : problems) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("pointer", each.pointer());
            error.put("detail", each.text());
            errors.add(error);
        }
        return RequestJson.invalid(errors);
    }

    private Answer check(Request request) throws InterruptedException {
        AccountView account = seen(request);
        RequestJson.of(request).finish();
        return json(
                health(accounts.check(account.id()).orElseThrow(() -> Ids.notFound("account"))));
    }

    private Answer channels(Request request) {
        Query.of(request);
        ObjectNode body = RequestJson.JSON.createObjectNode();
        ArrayNode items = body.putArray("items");
        for (Channels.Served each : channels.all()) {
            items.addObject()
                    .put("id", each.descriptor().id().value())
                    .put("name", each.descriptor().name())
                    .put("plugin", each.plugin().toString())
                    .set(
                            "settings",
                            RequestJson.JSON.readTree(each.descriptor().settings().text()));
        }
        return json(body);
    }

    private static Answer json(ObjectNode body) {
        return Answer.json(200, RequestJson.JSON.writeValueAsBytes(body));
    }
}
