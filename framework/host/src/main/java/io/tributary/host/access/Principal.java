package io.tributary.host.access;

import io.tributary.model.AccountId;
import java.util.Set;

/// Who makes a request: a token.
///
/// @param id the token's id, stable, no secret
/// @param accounts the accounts it is limited to; empty: all
public record Principal(String id, String name, Set<Scope> scopes, Set<AccountId> accounts) {

    public Principal {
        scopes = Set.copyOf(scopes);
        accounts = Set.copyOf(accounts);
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }

    public boolean sees(AccountId account) {
        return accounts.isEmpty() || accounts.contains(account);
    }
}
