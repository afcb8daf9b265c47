package io.tributary.social.meta;

import io.tributary.spi.Health;
import io.tributary.spi.Http;
import io.tributary.spi.Malformed;
import java.net.URI;
import java.util.List;

/// Asks Meta how the lines are.
final class MetaHealth {

    /// More would not be asked within the deadline.
    private static final int MOST = 20;

    private final GraphApi api;

    MetaHealth(GraphApi api) {
        this.api = api;
    }

    /// The worst of them; what stops some of them does not stop the others.
    Health check(List<MetaLine> lines) throws InterruptedException {
        var worst = Health.up();
        int stopped = 0;
        var asked = lines.subList(0, Math.min(MOST, lines.size()));
        for (var line : asked) {
            var health = check(line);
            stopped += health.state() == Health.State.STOPPED ? 1 : 0;
            if (health.state().compareTo(worst.state()) > 0) {
                worst = health;
            }
        }
        return stopped < asked.size() && worst.state() == Health.State.STOPPED
                ? new Health(Health.State.DEGRADED, worst.text(), worst.action())
                : worst;
    }

    private Health check(MetaLine line) throws InterruptedException {
        boolean number = line.platform() == Platform.WHATSAPP;
        var fields = number ? "?fields=id,quality_rating" : "?fields=id";
        try {
            return health(line, api.get(URI.create(line.node() + fields), line.token()));
        } catch (Http.Failure failure) {
            return Health.down("Meta cannot be reached")
                    .action("check apiBase, the network and egress.allow");
        }
    }

    private static Health health(MetaLine line, Http.Answer answer) {
        var body = read(answer);
        var which = line.platform().channel() + " " + line.id();
        if (answer.successful()) {
            return healthy(which, body);
        }
        var code = body.at("error").whole("code");
        if (answer.status() == 401 || (code != null && (code == 190 || code == 0))) {
            return Health.stopped(
                    "Meta refuses the access token of " + which + " (error 190)",
                    "make a new token of a system user, and put it into the settings");
        }
        if (code != null && (code == 100 || code == 10 || (code >= 200 && code < 300))) {
            return Health.stopped(
                    "the access token does not see " + which + " (error " + code + ")",
                    "give the system user the number or page, and the app its permissions");
        }
        return answer.status() == 429 || (code != null && (code == 4 || code == 80007))
                ? Health.degraded("Meta limits how often the app calls")
                : Health.down("Meta answered " + answer.status() + " for " + which);
    }

    private static Health healthy(String which, Node body) {
        if (!body.has("id")) {
            return Health.down("what answers at apiBase is not Meta").action("check apiBase");
        }
        return "RED".equals(body.text("quality_rating"))
                ? Health.degraded("customers complain about " + which + ": its quality is low")
                        .action("see the number's quality in the WhatsApp Manager")
                : Health.up();
    }

    private static Node read(Http.Answer answer) {
        try {
            return JsonSource.read(answer.body());
        } catch (Malformed noJson) {
            return Node.NOTHING;
        }
    }
}
