package io.tributary.social.telegram;

import io.tributary.model.Json;
import io.tributary.model.Reason;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Door;
import io.tributary.spi.Health;
import io.tributary.spi.Http;
import io.tributary.spi.OffersActions.Action;
import io.tributary.spi.Settings;
import io.tributary.spi.Trouble;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Whether Telegram knows the bot, and where it leaves its updates.
final class Registration {

    static final String REGISTER = "register-webhook";
    static final String REMOVE = "remove-webhook";

    private static final Json NOTHING =
            Json.of("{\"type\":\"object\",\"additionalProperties\":false}");

    private final BotApi api;
    private final AccountContext context;
    private final boolean posted;

    /// @param posted whether Telegram is to post updates
    Registration(BotApi api, AccountContext context, boolean posted) {
        this.api = api;
        this.context = context;
        this.posted = posted;
    }

    Health check() throws InterruptedException {
        try {
            var bot = api.call("getMe");
            if (!bot.ok() || !StrictJson.flag(bot.result(), "is_bot")) {
                return Troubles.of(bot);
            }
            var webhook = api.call("getWebhookInfo");
            if (!webhook.ok()) {
                return Troubles.of(webhook);
            }
            return posted ? posts(webhook.result()) : polled(webhook.result());
        } catch (Http.Failure failure) {
            return Health.down("Telegram cannot be reached")
                    .action("check apiBase, the network and egress.allow");
        }
    }

    private static Health polled(JsonNode webhook) {
        var url = StrictJson.text(webhook, "url");
        return url == null || url.isEmpty() ? Health.up() : Troubles.webhookInTheWay();
    }

    private Health posts(JsonNode webhook) {
        if (!address().toString().equals(StrictJson.text(webhook, "url"))) {
            return Health.down("Telegram does not post to this account's webhook")
                    .action("run the action " + REGISTER);
        }
        var missing = missing(webhook);
        if (!missing.isEmpty()) {
            return Health.degraded("Telegram does not post " + String.join(", ", missing))
                    .action("run the action " + REGISTER);
        }
        var waiting = StrictJson.number(webhook, "pending_update_count");
        var failure = StrictJson.text(webhook, "last_error_message");
        return failure != null && waiting != null && waiting > 0
                ? Health.degraded(
                                waiting
                                        + " updates wait, since Telegram could not post: "
                                        + failure)
                        .action("look whether Telegram reaches the webhook")
                : Health.up();
    }

    /// The kinds of updates that are wanted and were not asked for when the webhook was registered,
    /// by an older version or other settings. Without a list Telegram posts its usual ones.
    private Set<String> missing(JsonNode webhook) {
        var missing = new TreeSet<>(UpdateKinds.with(context.settings().texts("furtherUpdates")));
        var named = webhook.path("allowed_updates");
        if (named.isEmpty()) {
            missing.retainAll(UpdateKinds.ONLY_IF_NAMED);
        }
        for (var kind : named.values()) {
            missing.remove(kind.asString(""));
        }
        return missing;
    }

    /// Where Telegram posts: behind a proxy only the settings know.
    private URI address() {
        Settings settings = context.settings();
        var door = context.url(Door.WEBHOOK, "");
        if (!settings.has("publicUrl")) {
            return door;
        }
        var shown = settings.uri("publicUrl");
        return shown.getRawPath().length() > 1
                ? shown
                : URI.create(withoutLastSlash(shown.toString()) + door.getRawPath());
    }

    private static String withoutLastSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    List<Action> actions() {
        var remove = new Action(REMOVE, "Have Telegram forget the webhook", NOTHING);
        return posted
                ? List.of(new Action(REGISTER, "Have Telegram post updates here", NOTHING), remove)
                : List.of(remove);
    }

    Json perform(String action) throws Trouble, Http.Failure, InterruptedException {
        if (action.equals(REMOVE)) {
            done(api.call("deleteWebhook"));
            return Json.of("{\"webhook\":null}");
        }
        if (action.equals(REGISTER) && posted) {
            done(register());
            return Json.of("{\"webhook\":" + Json.string(address().toString()).text() + '}');
        }
        throw Trouble.last("action", "there is no such action");
    }

    private BotAnswer register() throws Http.Failure, InterruptedException {
        var settings = context.settings();
        var webhook =
                StrictJson.object()
                        .put("url", address().toString())
                        .put("secret_token", settings.secret("webhookSecret").reveal());
        UpdateKinds.add(settings.texts("furtherUpdates"), webhook.putArray("allowed_updates"));
        return api.call("setWebhook", webhook);
    }

    private static void done(BotAnswer answer) throws Trouble {
        if (!answer.ok()) {
            var reason =
                    Reason.of(
                            "telegram-" + answer.code(),
                            "Telegram refused: " + answer.description());
            var after = answer.code() == 429 ? answer.retryAfter() : null;
            throw new Trouble(reason, after);
        }
    }
}
