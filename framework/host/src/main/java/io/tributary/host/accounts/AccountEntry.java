package io.tributary.host.accounts;

import io.tributary.host.journal.Accounts.Account;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.Json;
import io.tributary.spi.Door;
import io.tributary.spi.Health;
import io.tributary.spi.ReceivesWebhooks;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One configured account as it is right now. Immutable: a change puts another entry in its place.
///
/// @param config without secrets
/// @param secrets the paths of those that are set
/// @param declared how the file declares it; null: the API configured it
/// @param version of the journal's row; 0 where it has none
/// @param found what whoever looks for the account is given
record AccountEntry(
        AccountId id,
        ChannelId channel,
        Json config,
        List<String> secrets,
        boolean enabled,
        @Nullable DeclaredAccount declared,
        long version,
        @Nullable Instant updatedAt,
        OpenAccounts.Found found) {

    /// An account of the journal.
    static AccountEntry of(Account stored, List<String> secrets, OpenAccounts.Found found) {
        return new AccountEntry(
                stored.id(),
                stored.channel(),
                Json.of(stored.config()),
                secrets,
                stored.enabled(),
                null,
                stored.version(),
                stored.updatedAt(),
                found);
    }

    /// An account of the file.
    static AccountEntry of(
            DeclaredAccount declared, Json config, List<String> secrets, OpenAccounts.Found found) {
        return new AccountEntry(
                declared.id(),
                declared.draft().channel(),
                config,
                secrets,
                declared.draft().enabled(),
                declared,
                0,
                null,
                found);
    }

    @Nullable ServingAccount serving() {
        return found instanceof OpenAccounts.Found.Open(ServingAccount account) ? account : null;
    }

    AccountView view(PublicUrls urls) {
        var serving = serving();
        return new AccountView(
                id,
                channel,
                serving == null ? null : serving.plugin(),
                config,
                secrets,
                enabled,
                declared == null ? AccountView.Source.API : AccountView.Source.FILE,
                version,
                health(serving),
                webhook(serving, urls),
                updatedAt);
    }

    private Health health(@Nullable ServingAccount serving) {
        if (serving != null) {
            return serving.health();
        }
        var why = found instanceof OpenAccounts.Found.Down(String text) ? text : "";
        return enabled ? Health.down(why) : Health.stopped(why, "switch it on to let it serve");
    }

    private @Nullable URI webhook(@Nullable ServingAccount serving, PublicUrls urls) {
        return serving != null && serving.ability(ReceivesWebhooks.class).isPresent()
                ? urls.of(id, Door.WEBHOOK, "")
                : null;
    }
}
