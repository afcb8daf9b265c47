package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads accounts, tokens and kept answers.
final class OperatorReads {

    private static final String ACCOUNT =
            "select id, channel, config, sealed_secrets, enabled, version, updated_at"
                    + " from account ";
    private static final String TOKEN =
            "select id, name, hash, scopes, accounts, created_at, revoked_at from token ";

    private OperatorReads() {}

    record AccountReads(ReadPool pool) implements Accounts {

        @Override
        public List<Account> all() {
            return pool.read(sql -> sql.list(ACCOUNT + "order by id", OperatorReads::account));
        }

        @Override
        public Map<AccountId, Long> versions() {
            Map<AccountId, Long> versions = new HashMap<>();
            pool.read(sql ->
                            sql.list(
                                    "select id, version from account",
                                    columns -> Map.entry(columns.account(), columns.number())))
                    .forEach(each -> versions.put(each.getKey(), each.getValue()));
            return versions;
        }

        @Override
        public Optional<Account> byId(AccountId id) {
            return pool.read(
                    sql -> sql.first(ACCOUNT + "where id = ?", OperatorReads::account, id));
        }
    }

    record TokenReads(ReadPool pool) implements Tokens {

        @Override
        public Optional<Token> byHash(Bytes hash) {
            return pool.read(
                    sql -> sql.first(TOKEN + "where hash = ?", OperatorReads::token, hash));
        }

        @Override
        public List<Token> all() {
            return pool.read(
                    sql -> sql.list(TOKEN + "order by created_at, id", OperatorReads::token));
        }
    }

    record AnswerReads(ReadPool pool) implements Answers {

        @Override
        public Optional<Answer> find(String principal, String key) {
            return pool.read(sql ->
                    sql.first(
                            "select fingerprint, status, body from answer"
                                    + " where principal = ? and key = ?",
                            columns ->
                                    new Answer(
                                            columns.text(), columns.smallNumber(), columns.bytes()),
                            principal,
                            key));
        }
    }

    private static Accounts.Account account(Columns columns) throws SQLException {
        return new Accounts.Account(
                columns.account(),
                columns.channel(),
                columns.text(),
                columns.bytes(),
                columns.flag(),
                columns.number(),
                columns.instant());
    }

    private static Tokens.Token token(Columns columns) throws SQLException {
        return new Tokens.Token(
                columns.text(),
                columns.text(),
                columns.bytes(),
                lines(columns.text(), text -> text),
                lines(columns.text(), AccountId::new),
                columns.instant(),
                columns.instantOrNull());
    }

    private static <T> Set<T> lines(String text, Function<String, T> each) {
        Set<T> all = new HashSet<>();
        text.lines().forEach(line -> all.add(each.apply(line)));
        return Set.copyOf(all);
    }
}
