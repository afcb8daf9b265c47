package io.tributary.kiosk;

import io.tributary.model.Bytes;
import io.tributary.spi.NotStored;
import io.tributary.spi.State;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The account's devices, and the codes by which more become known: both in the account's state,
/// hashed. Thread safe.
final class Devices {

    private static final String CODE = "code/";
    private static final String DEVICE = "device/";

    /// Crockford's base 32: no letter is taken for a digit.
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// The store of a device that was only ever revoked.
    private static final String UNKNOWN = "unknown";

    /// In a code: which [Row#generation()] it was made for.
    private static final String GENERATION = "generation";

    /// Of five bits each.
    private static final int CODE_LENGTH = 12;

    private static final int GROUP = 4;
    private static final int TOKEN_BYTES = 32;

    private final State state;
    private final SecureRandom random = new SecureRandom();

    Devices(State state) {
        this.state = state;
    }

    /// A device as it is kept.
    ///
    /// @param token its hash; empty: it has none, since it was revoked
    /// @param generation how often it was revoked: a code that was made before is worth nothing
    /// @param former hashes of the tokens that it had before, the newest last
    record Row(
            Place place,
            String token,
            boolean revoked,
            String since,
            int generation,
            List<String> former) {

        private static final int MOST_FORMER = 8;

        private static Row of(State.Entry entry) {
            var json = WireJson.object(entry.value().utf8());
            return new Row(
                    Place.of(json),
                    WireJson.text(json, "token"),
                    json.path("revoked").asBoolean(false),
                    WireJson.text(json, "since"),
                    json.path(GENERATION).asInt(0),
                    json.path("former").valueStream().map(JsonNode::asString).toList());
        }

        private static Row none(Place place) {
            return new Row(place, "", false, "", 0, List.of());
        }

        private Row revoked(Instant now) {
            return new Row(place, "", true, now.toString(), generation + 1, outlived());
        }

        private Row renewed(Place where, String hash, Instant now) {
            return new Row(where, hash, false, now.toString(), generation, outlived());
        }

        /// With the token that it has until now, and without those of long ago.
        private List<String> outlived() {
            var all = new ArrayList<>(former);
            if (!token.isEmpty()) {
                all.add(token);
            }
            return List.copyOf(all.subList(Math.max(0, all.size() - MOST_FORMER), all.size()));
        }

        private Bytes bytes() {
            var json =
                    place.json()
                            .put("token", token)
                            .put("revoked", revoked)
                            .put("since", since)
                            .put(GENERATION, generation);
            former.forEach(json.putArray("former")::add);
            return Bytes.utf8(WireJson.write(json));
        }
    }

    /// What a device is given for its code, once.
    record Provisioned(Registration registration, String token) {}

    private @Nullable Row find(String device) {
        var entry = entry(device);
        return entry == null ? null : Row.of(entry);
    }

    private State.@Nullable Entry entry(String device) {
        return Place.isName(device) ? state.read(DEVICE + device) : null;
    }

    /// The device whose token this is; null: nobody's.
    @Nullable Registration byToken(String device, String token) {
        var row = find(device);
        if (row == null || row.revoked() || !Hashes.same(row.token(), Hashes.sha256(token))) {
            return null;
        }
        return Registration.lasting(row.place(), row.token());
    }

    /// Whether the device had this token once, and has it no more.
    boolean wasToken(String device, String token) {
        var row = find(device);
        var hash = Hashes.sha256(token);
        return row != null && row.former().stream().anyMatch(each -> Hashes.same(each, hash));
    }

    /// Whether a device that came in by this registration may stay. Where there is a row it has a
    /// token of its own, or none: a token of the fleet that somebody took must not outlive that.
    boolean isWelcome(Registration registration) {
        var row = find(registration.place().device());
        return row == null
                ? registration.proof().equals(FleetTokens.PROOF)
                : !row.revoked() && registration.proof().equals(row.token());
    }

    List<Row> all() {
        return state.list(DEVICE).stream().map(Row::of).toList();
    }

    /// A code for one device, of use once and for this time.
    String makeCode(Place place, Duration lasts) throws NotStored {
        var code = new StringBuilder();
        for (int i = 0; i < CODE_LENGTH; i++) {
            if (i > 0 && i % GROUP == 0) {
                code.append('-');
            }
            code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        var row = find(place.device());
        var json = place.json().put(GENERATION, row == null ? 0 : row.generation());
        var value = Bytes.utf8(WireJson.write(json));
        state.write(State.Change.set(key(code.toString()), value).lasts(lasts));
        return code.toString();
    }

    /// Takes a code for a token. Of several who bring the same code at once, one is given a token:
    /// the code is removed as it was read, or nothing is written.
    ///
    /// @return null: there is no such code, or no longer, or its device was revoked after it was
    ///   made
    @Nullable Provisioned exchange(String code, Instant now) throws NotStored {
        var entry = state.read(key(code));
        if (entry == null) {
            return null;
        }
        ObjectNode json = WireJson.object(entry.value().utf8());
        var place = Place.of(json);
        var before = entry(place.device());
        var known = before == null ? Row.none(place) : Row.of(before);
        if (json.path(GENERATION).asInt(0) != known.generation()) {
            return null;
        }
        var token = token();
        var row = known.renewed(place, Hashes.sha256(token), now);
        try {
            state.write(
                    State.Change.remove(entry),
                    State.Change.put(DEVICE + place.device(), before, row.bytes()));
        } catch (NotStored lost) {
            if (lost.why() == NotStored.Why.CONFLICT) {
                return null;
            }
            throw lost;
        }
        return new Provisioned(Registration.lasting(place, row.token()), token);
    }

    /// Lets the device in no more, by whatever token and whatever code there is, until it brings a
    /// new code.
    ///
    /// @return false: nobody knows it, and it is refused from now on all the same
    boolean revoke(String device, Instant now) throws NotStored {
        var row = find(device);
        var known = row == null ? Row.none(new Place(device, UNKNOWN, "", "")) : row;
        state.write(State.Change.set(DEVICE + device, known.revoked(now).bytes()));
        return row != null;
    }

    private String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// However it was typed.
    private static String key(String code) {
        var plain =
                code.toUpperCase(Locale.ROOT)
                        .replace('O', '0')
                        .replace('I', '1')
                        .replace('L', '1')
                        .replaceAll("[^0-9A-Z]", "");
        return CODE + Hashes.sha256(plain);
    }
}
