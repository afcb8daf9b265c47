package io.tributary.host.journal;

import io.tributary.model.CustomerId;
import java.sql.SQLException;
import java.util.Optional;

/// Writes customers, and what belongs to them.
final class CustomerWrites {

    private final Sql sql;
    private final EndCache ends;

    CustomerWrites(Tables tables) {
        this.sql = tables.sql;
        this.ends = tables.ends;
    }

    void add(Change.AddCustomer customer) throws SQLException {
        sql.update(
                "insert into customer (id, name, created_at) values (?,?,?)",
                customer.id(),
                customer.name(),
                customer.at());
    }

    void name(Change.NameCustomer name) throws SQLException {
        sql.update(
                "update customer set name = ? where id = ? and name is null",
                name.name(),
                name.id());
    }

    void bind(Change.BindAddress bound, Batch batch) throws SQLException {
        sql.update(
                "insert into address (account, address, primary_address, customer)"
                        + " values (?,?,?,?) on conflict do update set"
                        + " primary_address = excluded.primary_address, customer = excluded.customer",
                bound.account(),
                bound.address(),
                bound.primary(),
                bound.customer());
        var end = new Directory.End(bound.account(), bound.primary(), bound.customer());
        batch.afterwards(() -> ends.bound(bound.account(), bound.address(), end));
    }

    void bind(Change.BindIdentity bound) throws SQLException {
        sql.update(
                "insert into identity (type, value, customer, evidence, bound_at)"
                        + " values (?,?,?,?,?) on conflict do update set customer = excluded.customer,"
                        + " evidence = excluded.evidence, bound_at = excluded.bound_at",
                bound.type(),
                bound.value(),
                bound.customer(),
                bound.evidence(),
                bound.at());
    }

    void merge(Change.MergeCustomer merge) throws SQLException {
        CustomerId into = merge.into();
        if (into != null && leadsTo(into, merge.from())) {
            throw new UnitRefused(
                    "customer " + into + " is merged into " + merge.from() + " already");
        }
        int changed =
                sql.update("update customer set merged_into = ? where id = ?", into, merge.from());
        if (changed == 0) {
            throw new UnitRefused("there is no customer " + merge.from());
        }
    }

    void consent(Change.SetConsent consent) throws SQLException {
        sql.update(
                "insert into consent (customer, account, address, purpose, granted, decided_at)"
                        + " values (?,?,?,?,?,?) on conflict do update set"
                        + " granted = excluded.granted, decided_at = excluded.decided_at",
                consent.customer(),
                consent.account(),
                consent.address(),
                consent.purpose(),
                consent.granted(),
                consent.at());
    }

    /// Whether following the merges from one customer comes to another.
    private boolean leadsTo(CustomerId from, CustomerId to) throws SQLException {
        Optional<CustomerId> at = Optional.of(from);
        while (at.isPresent() && !at.get().equals(to)) {
            at =
                    sql.first(
                            "select merged_into from customer where id = ?"
                                    + " and merged_into is not null",
                            Columns::customer,
                            at.get());
        }
        return at.isPresent();
    }
}
