package io.tributary.host.access;

import io.tributary.host.journal.Audit;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Tokens.Token;
import io.tributary.host.journal.Unit;
import io.tributary.host.journal.UnitRefused;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.TimeOrderedIds;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The tokens of a deployment: made here, shown once, kept as hashes.
///
/// Thread safe. What changes tokens blocks until it is durable.
public final class Access implements Authenticator {

    private static final String PREFIX = "trb_";
    private static final int RANDOM_BYTES = 32;

    /// Guesses are slowed down, so that a short token resists who sits on the same machine. Where
    /// others reach the member, many addresses can guess side by side: 16 characters as people
    /// choose them have about 40 bits.
    private static final int SHORTEST_HERE = 8;

    private static final int SHORTEST_REACHABLE = 16;

    private static final int LONGEST_NAME = 200;

    private static final String CREATED = "token.create";
    private static final String REVOKED = "token.revoke";

    /// Ids of tokens that the operator gave by environment begin so.
    private static final String GIVEN = "operator";

    private final Journal journal;
    private final InstantSource clock;
    private final TimeOrderedIds ids;
    private final SecureRandom random = new SecureRandom();
    private final RememberedTokens remembered;
    private final WrongTokens wrong;
    private final List<TokenChanges> listeners = new CopyOnWriteArrayList<>();

    /// A token just made.
    ///
    /// @param secret what its owner sends; nobody can read it again
    public record Created(Token token, String secret) {

        /// Never the secret.
        @Override
        public String toString() {
            return "Created[" + token.id() + "]";
        }
    }

    /// A token as lists show it, without its hash.
    public record Listed(
            String id,
            String name,
            Set<String> scopes,
            Set<AccountId> accounts,
            java.time.Instant createdAt,
            java.time.@Nullable Instant revokedAt) {}

    /// The tokens of a member that is alone.
    public Access(Journal journal, InstantSource clock) {
        this(journal, clock, RememberedTokens.ALONE);
    }

    /// The tokens of a deployment.
    ///
    /// @param remembered for how long a token counts as valid without being looked up: no longer
    ///   than one that was revoked on another member may still be good here
    public Access(Journal journal, InstantSource clock, Duration remembered) {
        this.journal = journal;
        this.clock = clock;
        this.ids = new TimeOrderedIds(clock);
        this.remembered = new RememberedTokens(clock, remembered);
        this.wrong = new WrongTokens(clock);
    }

    @Override
    public @Nullable Principal remembered(String bearer) {
        return remembered.fresh(Hashes.of(bearer));
    }

    @Override
    public Verdict authenticate(String bearer, String remote) {
        Bytes hash = Hashes.of(bearer);
        // who sent a valid token before is asked for no patience, whatever his neighbours behind
        // the same address guess
        if (!remembered.knew(hash) && wrong.tooMany(remote)) {
            return new Verdict.TooMany(wrong.wait(remote));
        }
        long asOf = remembered.asOf();
        Optional<Token> found =
                journal.tokens().byHash(hash).filter(token -> token.revokedAt() == null);
        if (found.isEmpty()) {
            remembered.forget(hash);
            wrong.came(remote);
            return new Verdict.Unknown();
        }
        Principal principal = principal(found.get());
        remembered.learn(hash, principal, asOf);
        return new Verdict.Known(principal);
    }

    @Override
    public AutoCloseable onChange(TokenChanges listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Makes a token.
    ///
    /// @param scopes as written, such as `admin:*`
    /// @param accounts the accounts it is limited to; empty: all
    /// @param by who makes it
    /// @throws IllegalArgumentException a scope does not exist, there is none, or the name is not 1
    ///   to 200 characters
    public Created create(String name, Set<String> scopes, Set<AccountId> accounts, Principal by) {
        Scopes.parse(scopes);
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "a token's name has 1 to " + LONGEST_NAME + " characters");
        }
        return make(name, scopes, accounts, by.id());
    }

    /// All tokens, revoked ones too, oldest first.
    public List<Listed> list() {
        return journal.tokens().all().stream()
                .map(token ->
                        new Listed(
                                token.id(),
                                token.name(),
                                new TreeSet<>(token.scopes()),
                                token.accounts(),
                                token.createdAt(),
                                token.revokedAt()))
                .toList();
    }

    /// Makes a token worthless, now and everywhere.
    ///
    /// @return false: there is none of this id that is not revoked yet
    public boolean revoke(String id, Principal by) {
        boolean there =
                journal.tokens().all().stream()
                        .anyMatch(token -> token.id().equals(id) && token.revokedAt() == null);
        if (!there) {
            return false;
        }
        commit(new Change.RevokeToken(id, clock.instant()), audit(by.id(), REVOKED, id, ""));
        revoked(id);
        return true;
    }

    /// Takes note of what other members did to tokens.
    ///
    /// @param deeds as the audit has them; those that are not about tokens do nothing
    public void followed(List<Audit.Deed> deeds) {
        for (var deed : deeds) {
            switch (deed.action()) {
                case REVOKED -> revoked(deed.target());
                case CREATED -> listeners.forEach(listener -> listener.given(deed.target()));
                default -> {
                    // about something else
                }
            }
        }
    }

    /// Takes note of all tokens as they are, where it is not known what was done to them.
    public void follow() {
        for (Token token : journal.tokens().all()) {
            if (token.revokedAt() == null) {
                listeners.forEach(listener -> listener.given(token.id()));
            } else {
                revoked(token.id());
            }
        }
    }

    private void revoked(String id) {
        remembered.forget(id);
        listeners.forEach(listener -> listener.revoked(id));
    }

    /// Sees to it that an operator can get in.
    ///
    /// @param given what the environment says; null or empty: nothing
    /// @param reachable whether others than this machine's users may reach the member
    /// @return a token made just now, to be shown once; empty where there is no need for one
    /// @throws IllegalArgumentException what was given is too short to be a secret
    public Optional<String> firstToken(@Nullable String given, boolean reachable) {
        if (given != null && !given.isEmpty()) {
            accept(given, reachable ? SHORTEST_REACHABLE : SHORTEST_HERE);
            return Optional.empty();
        }
        boolean anOperator =
                journal.tokens().all().stream()
                        .anyMatch(token ->
                                token.revokedAt() == null
                                        && principal(token).may(Scope.ADMIN_WRITE));
        return anOperator
                ? Optional.empty()
                : Optional.of(make("first operator", Scopes.ALL, Set.of(), "start").secret());
    }

    private void accept(String given, int shortest) {
        if (given.length() < shortest) {
            throw new IllegalArgumentException(
                    "TRIBUTARY_ADMIN_TOKEN needs at least "
                            + shortest
                            + " characters: it opens everything"
                            + (shortest == SHORTEST_REACHABLE
                                    ? ", and others than this machine's users reach this member"
                                    : ""));
        }
        Bytes hash = Hashes.of(given);
        Optional<Token> known = journal.tokens().byHash(hash);
        if (known.isPresent() && known.get().revokedAt() == null) {
            return;
        }
        // a token of an earlier environment must not stay valid beside the new one
        for (Token old : journal.tokens().all()) {
            // that which another member has just made of the same secret is none of them
            boolean another = old.id().startsWith(GIVEN) && !old.hash().equals(hash);
            if (another && old.revokedAt() == null) {
                commit(
                        new Change.RevokeToken(old.id(), clock.instant()),
                        audit("start", REVOKED, old.id(), ""));
            }
        }
        // given again after it was revoked: the environment is the operator's last word
        String id = known.map(Token::id).orElseGet(() -> GIVEN + "-" + ids.next());
        var token =
                new Token(
                        id,
                        "operator by environment",
                        hash,
                        Scopes.ALL,
                        Set.of(),
                        clock.instant(),
                        null);
        try {
            commit(new Change.PutToken(token), audit("start", CREATED, id, "by environment"));
        } catch (UnitRefused refused) {
            // another member started at the same time with the same token: then it is there
            boolean there =
                    journal.tokens()
                            .byHash(hash)
                            .filter(other -> other.revokedAt() == null)
                            .isPresent();
            if (!there) {
                throw refused;
            }
        }
    }

    private Created make(String name, Set<String> scopes, Set<AccountId> accounts, String by) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var token =
                new Token(
                        ids.next().toString(),
                        name,
                        Hashes.of(secret),
                        Set.copyOf(scopes),
                        Set.copyOf(accounts),
                        clock.instant(),
                        null);
        commit(
                new Change.PutToken(token),
                audit(by, CREATED, token.id(), String.join(" ", new TreeSet<>(scopes))));
        return new Created(token, secret);
    }

    private Change audit(String actor, String action, String target, String detail) {
        return new Change.AddAudit(actor, action, target, detail, clock.instant());
    }

    private void commit(Change... changes) {
        try {
            journal.append(Unit.of(changes)).join().need();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    private static Principal principal(Token token) {
        return new Principal(
                token.id(), token.name(), Scopes.known(token.scopes()), token.accounts());
    }
}
