package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import java.util.Collection;

/// What operators set up, what they did, and what requests were answered, as the database's
/// functions read it.
final class OperatorText {

    private OperatorText() {}

    static void write(Change change, BatchText text) {
        switch (change) {
            case Change.PutAccount account ->
                    text.kind("account")
                            .put("account", account.account())
                            .put("channel", account.channel().value())
                            .put("config", account.config())
                            .put("enabled", account.enabled())
                            .put("at", account.at())
                            .body(account.sealedSecrets());
            case Change.RemoveAccount(var account) ->
                    text.kind("remove account").put("account", account);
            case Change.WantPlugin(var wanted) -> wanted(wanted, text);
            case Change.UnwantPlugin(var plugin) ->
                    text.kind("unwant plugin").put("plugin", plugin);
            case Change.ObservePlugin(var observed) -> observed(observed, text);
            case Change.UnobservePlugin(long member, var plugin) ->
                    text.kind("unobserve plugin").put("member", member).put("plugin", plugin);
            case Change.AddRollout(var rollout) -> rollout(rollout, text);
            case Change.PutToken(var token) -> token(token, text);
            case Change.RevokeToken(var id, var at) ->
                    text.kind("revoke token").put("id", id).put("at", at);
            case Change.PutWebhook webhook -> webhook(webhook, text);
            case Change.RemoveWebhook(var id) -> text.kind("remove webhook").put("id", id);
            case Change.KeepAnswer answer ->
                    text.kind("answer")
                            .put("principal", answer.principal())
                            .put("key", answer.key())
                            .put("fingerprint", answer.fingerprint())
                            .put("status", answer.status())
                            .put("at", answer.at())
                            .body(answer.body());
            case Change.AddArtifact(var artifact) -> artifact(artifact, text);
            case Change.AddAudit audit -> audit(audit, text);
            default -> throw new IllegalArgumentException("no operator's: " + change.getClass());
        }
    }

    private static void wanted(PluginRecords.Wanted wanted, BatchText text) {
        text.kind("want plugin")
                .put("plugin", wanted.plugin())
                .put("version", wanted.version())
                .put("sha256", wanted.sha256())
                .put("before", wanted.before())
                .put("highest", wanted.highest())
                .put("watched", wanted.watched())
                .put("watched by", wanted.watchedBy())
                .put("at", wanted.changedAt())
                .put("by", wanted.changedBy());
    }

    private static void observed(PluginRecords.Observed observed, BatchText text) {
        text.kind("observe plugin")
                .put("member", observed.member())
                .put("plugin", observed.plugin())
                .put("version", observed.version())
                .put("sha256", observed.sha256())
                .put("state", observed.state())
                .put("reason", observed.reason());
    }

    private static void rollout(PluginRecords.Rollout rollout, BatchText text) {
        text.kind("rollout")
                .put("plugin", rollout.plugin())
                .put("from", rollout.from())
                .put("to", rollout.to())
                .put("sha256", rollout.sha256())
                .put("outcome", rollout.outcome())
                .put("reason", rollout.reason())
                .put("actor", rollout.actor())
                .put("began", rollout.began())
                .put("ended", rollout.ended());
    }

    private static void token(Tokens.Token token, BatchText text) {
        text.kind("token")
                .put("id", token.id())
                .put("name", token.name())
                .put("hash", token.hash())
                .put("scopes", lines(token.scopes()))
                .put("accounts", lines(token.accounts().stream().map(AccountId::value).toList()))
                .put("created", token.createdAt())
                .put("revoked", token.revokedAt());
    }

    private static void webhook(Change.PutWebhook webhook, BatchText text) {
        WebhookRecords.Setup setup = webhook.setup();
        Bytes former = setup.former();
        text.kind("webhook")
                .put("id", setup.id())
                .put("name", setup.name())
                .put("url", setup.url())
                .put("filter", setup.filter())
                .put("secret", setup.secret())
                .put("former until", setup.formerUntil())
                .put("state", setup.state())
                .put("reason", setup.reason())
                .put("created", setup.createdAt())
                .put("at", setup.changedAt())
                .put("cursor", webhook.cursor());
        if (former != null) {
            text.put("former", former);
        }
    }

    private static void artifact(PluginArtifacts.Artifact artifact, BatchText text) {
        var about = artifact.about();
        text.kind("artifact")
                .put("sha256", about.sha256())
                .put("signer", about.signer())
                .put("plugin", about.id())
                .put("version", about.version())
                .put("manifest", about.manifest())
                .put("at", about.addedAt())
                .put("by", about.addedBy())
                .body(artifact.bytes());
    }

    private static void audit(Change.AddAudit audit, BatchText text) {
        long at = Micros.of(audit.at());
        text.kind("audit")
                .put("at", at)
                .put("actor", audit.actor())
                .put("action", audit.action())
                .put("target", audit.target())
                .put("detail", audit.detail())
                .body(
                        Bytes.wrap(
                                AuditChain.link(
                                        at,
                                        audit.actor(),
                                        audit.action(),
                                        audit.target(),
                                        audit.detail())));
    }

    private static String lines(Collection<String> texts) {
        return String.join("\n", texts.stream().sorted().toList());
    }
}
