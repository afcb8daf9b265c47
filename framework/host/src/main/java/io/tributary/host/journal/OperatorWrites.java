package io.tributary.host.journal;

import io.tributary.model.AccountId;
import java.sql.SQLException;
import java.util.Collection;

/// Writes what operators set up, what they did, and what requests were answered.
final class OperatorWrites {

    private final Sql sql;

    OperatorWrites(Sql sql) {
        this.sql = sql;
    }

    void put(Change.PutAccount account, Batch batch) throws SQLException {
        sql.update(
                "insert into account (id, channel, config, sealed_secrets, enabled, version,"
                        + " updated_at) values (?,?,?,?,?,?,?) on conflict do update set"
                        + " channel = excluded.channel, config = excluded.config,"
                        + " sealed_secrets = excluded.sealed_secrets, enabled = excluded.enabled,"
                        + " version = excluded.version, updated_at = excluded.updated_at",
                account.account(),
                account.channel(),
                account.config(),
                account.sealedSecrets(),
                account.enabled(),
                batch.nextVersion(),
                account.at());
    }

    void remove(Change.RemoveAccount account) throws SQLException {
        sql.update("delete from account where id = ?", account.account());
    }

    void put(Tokens.Token token) throws SQLException {
        sql.update(
                "insert into token (id, name, hash, scopes, accounts, created_at, revoked_at)"
                        + " values (?,?,?,?,?,?,?) on conflict (id) do update set"
                        + " name = excluded.name, hash = excluded.hash, scopes = excluded.scopes,"
                        + " accounts = excluded.accounts, revoked_at = excluded.revoked_at",
                token.id(),
                token.name(),
                token.hash(),
                lines(token.scopes()),
                lines(token.accounts().stream().map(AccountId::value).toList()),
                token.createdAt(),
                token.revokedAt());
    }

    void revoke(Change.RevokeToken revoke) throws SQLException {
        sql.update(
                "update token set revoked_at = ? where id = ? and revoked_at is null",
                revoke.at(),
                revoke.id());
    }

    void put(Change.PutWebhook webhook, Batch batch) throws SQLException {
        WebhookRecords.Setup setup = webhook.setup();
        sql.update(
                "insert into webhook (id, name, url, filter, secret, former_secret, former_until,"
                        + " state, reason, created_at, changed_at, version, cursor, failures,"
                        + " problem, holder, held_until)"
                        + " values (?,?,?,?,?,?,?,?,?,?,?,?,'',0,'',0,0)"
                        + " on conflict (id) do update set name = excluded.name,"
                        + " url = excluded.url, filter = excluded.filter,"
                        + " secret = excluded.secret, former_secret = excluded.former_secret,"
                        + " former_until = excluded.former_until, state = excluded.state,"
                        + " reason = excluded.reason, changed_at = excluded.changed_at,"
                        + " version = excluded.version",
                setup.id(),
                setup.name(),
                setup.url(),
                setup.filter(),
                setup.secret(),
                setup.former(),
                setup.formerUntil(),
                setup.state(),
                setup.reason(),
                setup.createdAt(),
                setup.changedAt(),
                batch.nextVersion());
        if (webhook.cursor() != null) {
            sql.update(
                    "update webhook set cursor = ?, failures = 0, failing_since = null,"
                            + " not_before = null, problem = '' where id = ?",
                    webhook.cursor(),
                    setup.id());
            sql.update(
                    "update webhook_event set attempts = 0, first_at = ?, not_before = ?"
                            + " where webhook = ? and not_before is not null",
                    setup.changedAt(),
                    setup.changedAt(),
                    setup.id());
        }
    }

    void remove(Change.RemoveWebhook webhook) throws SQLException {
        sql.update("delete from webhook where id = ?", webhook.id());
        sql.update("delete from webhook_event where webhook = ?", webhook.id());
    }

    void keep(Change.KeepAnswer answer) throws SQLException {
        sql.update(
                "insert into answer (principal, key, fingerprint, status, body, answered_at)"
                        + " values (?,?,?,?,?,?) on conflict (principal, key) do update set"
                        + " status = excluded.status, body = excluded.body,"
                        + " answered_at = excluded.answered_at where answer.status = "
                        + Answers.BEGUN
                        + " and answer.fingerprint = excluded.fingerprint",
                answer.principal(),
                answer.key(),
                answer.fingerprint(),
                answer.status(),
                answer.body(),
                answer.at());
    }

    void add(PluginArtifacts.Artifact artifact) throws SQLException {
        var about = artifact.about();
        sql.update(
                "insert into plugin_artifact (sha256, signer, plugin, version, manifest, added_at,"
                        + " added_by, bytes) values (?,?,?,?,?,?,?,?) on conflict do nothing",
                about.sha256(),
                about.signer(),
                about.id(),
                about.version(),
                about.manifest(),
                about.addedAt(),
                about.addedBy(),
                artifact.bytes());
    }

    void add(Change.AddAudit audit) throws SQLException {
        byte[] before =
                sql.first(AuditChain.LAST_HASH, Columns::array).orElse(AuditChain.BEGINNING);
        long at = Micros.of(audit.at());
        sql.update(
                "insert into audit (happened_at, actor, action, target, detail, hash)"
                        + " values (?,?,?,?,?,?)",
                at,
                audit.actor(),
                audit.action(),
                audit.target(),
                audit.detail(),
                AuditChain.next(
                        before, at, audit.actor(), audit.action(), audit.target(), audit.detail()));
    }

    private static String lines(Collection<String> texts) {
        return String.join("\n", texts.stream().sorted().toList());
    }
}
