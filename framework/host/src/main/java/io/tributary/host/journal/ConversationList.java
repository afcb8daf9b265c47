package io.tributary.host.journal;

import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.host.journal.Conversations.Query;
import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/// Lists conversations by activity. What memory knows better than the rows is merged in: the rows
/// of those conversations are passed over.
final class ConversationList {

    private static final Comparator<Conversation> NEWEST_FIRST =
            Comparator.comparingLong(Conversation::lastPosition)
                    .reversed()
                    .thenComparing(Conversation::id, Comparator.reverseOrder());

    private ConversationList() {}

    static List<Conversation> page(
            Sql sql, ConversationCache cache, Query query, long before, int limit)
            throws SQLException {
        if (limit <= 0) {
            return List.of();
        }
        List<Conversation> found = newest(cache, query, before, limit);
        long floor = found.size() < limit ? -1 : found.getLast().lastPosition();
        Map<ConversationId, Conversation> all = new HashMap<>();
        found.forEach(conversation -> all.put(conversation.id(), conversation));
        addRows(sql, cache, query, before, floor, limit, all);
        found = new ArrayList<>(all.values());
        found.sort(NEWEST_FIRST);
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }

    /// Of those whose rows lag behind.
    private static List<Conversation> newest(
            ConversationCache cache, Query query, long before, int limit) {
        var newest = new PriorityQueue<Conversation>(NEWEST_FIRST.reversed());
        for (ConversationState state : cache.unmarked()) {
            Conversation conversation = state.conversation();
            boolean room =
                    newest.size() < limit
                            || conversation.lastPosition() > newest.element().lastPosition();
            if (room && conversation.lastPosition() < before && matches(query, conversation)) {
                newest.add(conversation);
                if (newest.size() > limit) {
                    newest.remove();
                }
            }
        }
        List<Conversation> found = new ArrayList<>(newest);
        found.sort(NEWEST_FIRST);
        return found;
    }

    private static void addRows(
            Sql sql,
            ConversationCache cache,
            Query query,
            long before,
            long floor,
            int limit,
            Map<ConversationId, Conversation> all)
            throws SQLException {
        List<Object> values = new ArrayList<>();
        values.add(before);
        values.add(floor);
        var text = new StringBuilder("select ").append(ConversationRows.COLUMNS);
        text.append(" from conversation where last_position < ? and last_position > ?");
        condition(sql.dialect, text, values, query);
        text.append(" order by last_position desc, id desc");
        PreparedStatement statement = sql.statement(text.toString());
        for (int i = 0; i < values.size(); i++) {
            sql.bind(statement, i + 1, values.get(i));
        }
        int read = 0;
        try (ResultSet rows = statement.executeQuery()) {
            var columns = new Columns(sql.dialect, rows);
            while (read < limit && columns.next()) {
                Conversation row = ConversationRows.read(columns);
                ConversationState better = cache.unmarked(row.id());
                Conversation now = better == null ? row : better.conversation();
                if (now.lastPosition() < before && matches(query, now)) {
                    all.putIfAbsent(now.id(), now);
                }
                if (better == null) {
                    read++;
                }
            }
        }
    }

    /// Those in which anything happened after a position, in that order.
    static List<Conversation> active(
            Sql sql, ConversationCache cache, Set<AccountId> without, long after, int limit)
            throws SQLException {
        Map<ConversationId, Conversation> all = new HashMap<>();
        for (ConversationState state : cache.unmarked()) {
            Conversation conversation = state.conversation();
            if (conversation.lastPosition() > after && !without.contains(conversation.account())) {
                all.put(conversation.id(), conversation);
            }
        }
        List<Object> values = new ArrayList<>();
        PreparedStatement statement = sql.statement(active(sql.dialect, values, without, after));
        for (int i = 0; i < values.size(); i++) {
            sql.bind(statement, i + 1, values.get(i));
        }
        int read = 0;
        try (ResultSet rows = statement.executeQuery()) {
            var columns = new Columns(sql.dialect, rows);
            while (read < limit && columns.next()) {
                Conversation row = ConversationRows.read(columns);
                ConversationState better = cache.unmarked(row.id());
                all.putIfAbsent(row.id(), better == null ? row : better.conversation());
                read += better == null ? 1 : 0;
            }
        }
        return all.values().stream().sorted(NEWEST_FIRST.reversed()).limit(limit).toList();
    }

    /// Without a limit.
    static String active(Dialect dialect, List<Object> values, Set<AccountId> without, long after) {
        var text = new StringBuilder("select ").append(ConversationRows.COLUMNS);
        text.append(" from conversation where last_position > ?");
        values.add(after);
        if (!without.isEmpty()) {
            text.append(" and " + dialect.tested("account") + " not in ")
                    .append(in(values, without));
        }
        return text.append(" order by last_position, id").toString();
    }

    /// Written so that one account, the customers or the claim choose the index, and the rest is
    /// tested row by row in order of activity.
    static void condition(Dialect dialect, StringBuilder text, List<Object> values, Query query) {
        if (!query.customers().isEmpty()) {
            text.append(" and customer in ").append(in(values, query.customers()));
        }
        if (query.accounts().size() == 1 && query.customers().isEmpty()) {
            text.append(" and account = ?");
            values.add(query.accounts().iterator().next());
        } else if (!query.accounts().isEmpty()) {
            text.append(" and " + dialect.tested("account") + " in ")
                    .append(in(values, query.accounts()));
        }
        if (query.claimedBy() != null) {
            text.append(" and claimed_by = ?");
            values.add(query.claimedBy());
        }
        if (query.channel() != null) {
            text.append(" and channel = ?");
            values.add(query.channel());
        }
        if (query.open() != null) {
            text.append(" and ")
                    .append(dialect.tested("closed_at"))
                    .append(query.open() ? " is null" : " is not null");
        }
    }

    /// Placeholders for 1, 2, 4, 8 … values, the last repeated: few different statements.
    static String in(List<Object> values, Collection<?> among) {
        List<Object> all = new ArrayList<>(among);
        int size = Math.max(1, Integer.highestOneBit(Math.max(1, all.size() - 1)) * 2);
        int count = all.size() == 1 ? 1 : size;
        for (int i = 0; i < count; i++) {
            values.add(all.get(Math.min(i, all.size() - 1)));
        }
        return Sql.placeholders(count);
    }

    static boolean matches(Query query, Conversation conversation) {
        Set<AccountId> accounts = query.accounts();
        Set<CustomerId> customers = query.customers();
        return (accounts.isEmpty() || accounts.contains(conversation.account()))
                && (query.channel() == null || query.channel().equals(conversation.channel()))
                && (query.open() == null || query.open() == (conversation.closedAt() == null))
                && (customers.isEmpty() || customers.contains(conversation.customer()))
                && (query.claimedBy() == null
                        || query.claimedBy().equals(conversation.claimedBy()));
    }
}
