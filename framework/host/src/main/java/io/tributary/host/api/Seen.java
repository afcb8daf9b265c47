package io.tributary.host.api;

import io.tributary.host.access.Principal;
import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Journal;
import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;

/// What a token sees: of accounts that it is not for, nothing is there.
final class Seen {

    private Seen() {}

    /// The account of this name.
    ///
    /// @throws io.tributary.host.http.Problem not found
    static AccountId account(Principal principal, String name) {
        try {
            AccountId id = new AccountId(name);
            if (principal.sees(id)) {
                return id;
            }
        } catch (IllegalArgumentException wrong) {
            throw Ids.notFound("account");
        }
        throw Ids.notFound("account");
    }

    /// @throws io.tributary.host.http.Problem not found
    static Conversations.Conversation conversation(
            Journal journal, Principal principal, ConversationId id) {
        return journal.conversations()
                .byId(id)
                .filter(each -> principal.sees(each.account()))
                .orElseThrow(() -> Ids.notFound("conversation"));
    }
}
