package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.CustomerId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads customers, following merges.
final class CustomerReads implements Customers {

    private static final String COLUMNS = "select id, name, created_at from customer ";

    /// Up to what the customer was merged into, and down to all that were merged into those.
    private static final String CONSENTS =
            "with recursive upwards (id) as (select id from customer where id = ? union"
                    + " select c.merged_into from customer c join upwards u on c.id = u.id"
                    + " where c.merged_into is not null),"
                    + " every (id) as (select id from upwards union"
                    + " select c.id from customer c join every e on c.merged_into = e.id)"
                    + " select k.customer, k.granted from every e join consent k"
                    + " on k.customer = e.id"
                    + " where k.account = ? and k.address = ? and k.purpose = ?";

    private final ReadPool pool;

    CustomerReads(ReadPool pool) {
        this.pool = pool;
    }

    @Override
    public Optional<Customer> byId(CustomerId id) {
        return pool.readAtOnce(
                sql -> sql.first(COLUMNS + "where id = ?", CustomerReads::read, today(sql, id)));
    }

    @Override
    public Set<CustomerId> aliases(CustomerId id) {
        return pool.readAtOnce(sql -> {
            Set<CustomerId> all = new LinkedHashSet<>();
            List<CustomerId> open = new ArrayList<>();
            open.add(today(sql, id));
            while (!open.isEmpty()) {
                CustomerId next = open.removeLast();
                if (all.add(next)) {
                    open.addAll(
                            sql.list(
                                    "select id from customer where merged_into = ?",
                                    Columns::customer,
                                    next));
                }
            }
            return all;
        });
    }

    @Override
    public List<Customer> page(@Nullable CustomerId before, int limit) {
        return pool.read(sql ->
                before == null
                        ? sql.list(
                                COLUMNS + "where merged_into is null" + " order by id desc limit ?",
                                CustomerReads::read,
                                limit)
                        : sql.list(
                                COLUMNS
                                        + "where merged_into is null and id < ?"
                                        + " order by id desc limit ?",
                                CustomerReads::read,
                                before,
                                limit));
    }

    @Override
    public List<Identity> identities(Set<CustomerId> customers) {
        return ofEach(
                customers,
                "select type, value, customer, evidence, bound_at from identity"
                        + " where customer = ? order by bound_at, type, value",
                columns ->
                        new Identity(
                                columns.text(),
                                columns.text(),
                                columns.customer(),
                                columns.text(),
                                columns.instant()));
    }

    @Override
    public List<Address> addresses(Set<CustomerId> customers) {
        return ofEach(
                customers,
                "select account, address, primary_address, customer from address"
                        + " where customer = ? order by account, address",
                columns ->
                        new Address(
                                columns.account(),
                                columns.text(),
                                columns.text(),
                                columns.customer()));
    }

    @Override
    public Map<CustomerId, Boolean> consents(
            CustomerId customer, AccountId account, String address, String purpose) {
        Map<CustomerId, Boolean> granted = new HashMap<>();
        pool.read(sql ->
                sql.list(
                        CONSENTS,
                        columns -> granted.put(columns.customer(), columns.flag()),
                        customer,
                        account,
                        address,
                        purpose));
        return granted;
    }

    private <T> List<T> ofEach(Set<CustomerId> customers, String text, Sql.Reading<T> reading) {
        return pool.readAtOnce(sql -> {
            List<T> all = new ArrayList<>();
            for (CustomerId customer : customers) {
                all.addAll(sql.list(text, reading, customer));
            }
            return all;
        });
    }

    /// Merges never form a ring: the writer refuses those.
    private static CustomerId today(Sql sql, CustomerId id) throws SQLException {
        CustomerId at = id;
        while (true) {
            Optional<CustomerId> into =
                    sql.first(
                            "select merged_into from customer where id = ?"
                                    + " and merged_into is not null",
                            Columns::customer,
                            at);
            if (into.isEmpty()) {
                return at;
            }
            at = into.get();
        }
    }

    private static Customer read(Columns columns) throws SQLException {
        return new Customer(columns.customer(), columns.textOrNull(), columns.instant());
    }
}
