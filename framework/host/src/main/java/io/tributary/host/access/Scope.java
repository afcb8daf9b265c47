package io.tributary.host.access;

/// What a token may do.
public enum Scope {
    INTERACTIONS_READ("interactions:read"),
    INTERACTIONS_WRITE("interactions:write"),
    CUSTOMERS_READ("customers:read"),
    CUSTOMERS_WRITE("customers:write"),
    ADMIN_READ("admin:read"),
    ADMIN_WRITE("admin:write");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    /// As it is written in requests; `customers:*` and `admin:*` stand for both of theirs.
    public String text() {
        return text;
    }
}
