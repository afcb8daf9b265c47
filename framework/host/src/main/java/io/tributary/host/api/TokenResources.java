package io.tributary.host.api;

import io.tributary.host.access.Access;
import io.tributary.host.access.Principal;
import io.tributary.host.access.Scope;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.model.AccountId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tokens, for operators.
final class TokenResources {

    private static final long SMALL = 16 * 1024;

    private final Access access;

    TokenResources(Access access) {
        this.access = access;
    }

    void add(Routes routes) {
        routes.add("GET", "/admin/v1/tokens", Scope.ADMIN_READ, 0, this::list);
        routes.add("POST", "/admin/v1/tokens", Scope.ADMIN_WRITE, SMALL, this::create);
        routes.add("DELETE", "/admin/v1/tokens/{id}", Scope.ADMIN_WRITE, 0, this::revoke);
    }

    private Answer list(Request request) {
        Query.of(request);
        ObjectNode body = RequestJson.JSON.createObjectNode();
        ArrayNode items = body.putArray("items");
        for (Access.Listed each : access.list()) {
            if (!within(request.principal(), each.accounts())) {
                continue;
            }
            ObjectNode view = items.addObject().put("id", each.id()).put("name", each.name());
            each.scopes().stream().sorted().forEach(view.putArray("scopes")::add);
            each.accounts().forEach(account -> view.withArray("accounts").add(account.value()));
            view.put("createdAt", each.createdAt().toString());
            if (each.revokedAt() != null) {
                view.put("revokedAt", each.revokedAt().toString());
            }
        }
        return Answer.json(200, RequestJson.JSON.writeValueAsBytes(body));
    }

    private Answer create(Request request) {
        RequestJson body = RequestJson.of(request);
        String name = body.needText("name");
        List<String> scopes = body.texts("scopes");
        Set<AccountId> accounts = new LinkedHashSet<>();
        List<String> wanted = body.texts("accounts");
        for (int i = 0; i < wanted.size(); i++) {
            try {
                accounts.add(new AccountId(wanted.get(i)));
            } catch (IllegalArgumentException wrong) {
                body.error("/accounts/" + i, "cannot be an account's id");
            }
        }
        if (accounts.isEmpty()) {
            accounts.addAll(request.principal().accounts());
        }
        if (!within(request.principal(), accounts)) {
            body.error("/accounts", "names an account that there is not");
        }
        if (scopes.isEmpty()) {
            body.error("/scopes", "must name one scope at least");
        }
        body.finish();
        try {
            return Answer.json(
                    201,
                    RequestJson.JSON.writeValueAsBytes(
                            made(
                                    access.create(
                                            name,
                                            Set.copyOf(scopes),
                                            accounts,
                                            request.principal()))));
        } catch (IllegalArgumentException wrong) {
            body.error("/scopes", String.valueOf(wrong.getMessage()));
            body.finish();
            throw wrong;
        }
    }

    private static ObjectNode made(Access.Created created) {
        ObjectNode view = RequestJson.JSON.createObjectNode();
        view.put("id", created.token().id()).put("name", created.token().name());
        created.token().scopes().stream().sorted().forEach(view.putArray("scopes")::add);
        created.token()
                .accounts()
                .forEach(account -> view.withArray("accounts").add(account.value()));
        view.put("createdAt", created.token().createdAt().toString());
        return view.put("token", created.secret());
    }

    /// Who is limited to accounts neither gives nor takes more than that, and sees no more.
    private static boolean within(Principal principal, Set<AccountId> accounts) {
        return principal.accounts().isEmpty()
                || (!accounts.isEmpty() && principal.accounts().containsAll(accounts));
    }

    private Answer revoke(Request request) {
        String id = request.need("id");
        boolean seen =
                access.list().stream()
                        .anyMatch(each ->
                                each.id().equals(id)
                                        && within(request.principal(), each.accounts()));
        if (!seen || !access.revoke(id, request.principal())) {
            throw Ids.notFound("token");
        }
        return Answer.nothing();
    }
}
