package io.tributary.kiosk;

import io.tributary.model.Bytes;
import io.tributary.spi.NotStored;
import io.tributary.spi.State;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
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
    record Row(Place place, String token, boolean revoked, String since) {

        private static Row of(State.Entry entry) {
            var json = WireJson.object(entry.value().utf8());
            return new Row(
                    Place.of(json),
                    WireJson.text(json, "token"),
                    json.path("revoked").asBoolean(false),
                    WireJson.text(json, "since"));
        }

        private Bytes bytes() {
            return Bytes.utf8(
                    WireJson.write(
                            place.json()
                                    .put("token", token)
                                    .put("revoked", revoked)
                                    .put("since", since)));
        }
    }

    /// What a device is given for its code, once.
    record Provisioned(Registration registration, String token) {}

    @Nullable Row find(String device) {
        var entry = Place.isName(device) ? state.read(DEVICE + device) : null;
        return entry == null ? null : Row.of(entry);
    }

    /// The device whose token this is; null: nobody's.
    @Nullable Registration byToken(String device, String token) {
        var row = find(device);
        if (row == null || row.revoked() || !Hashes.same(row.token(), Hashes.sha256(token))) {
            return null;
        }
        return new Registration(row.place(), row.token());
    }

    /// Whether a device that came in by this registration may stay.
    boolean isWelcome(Registration registration) {
        var row = find(registration.place().device());
        return row == null
                ? registration.proof().equals(FleetTokens.PROOF)
                : !row.revoked()
                        && (registration.proof().equals(row.token())
                                || registration.proof().equals(FleetTokens.PROOF));
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
        var value = Bytes.utf8(WireJson.write(place.json()));
        state.write(State.Change.set(key(code.toString()), value).lasts(lasts));
        return code.toString();
    }

    /// Takes a code for a token. Of several who bring the same code at once, one is given a token:
    /// the code is removed as it was read, or nothing is written.
    ///
    /// @return null: there is no such code, or no longer
    @Nullable Provisioned exchange(String code, Instant now) throws NotStored {
        var entry = state.read(key(code));
        if (entry == null) {
            return null;
        }
        ObjectNode json = WireJson.object(entry.value().utf8());
        var place = Place.of(json);
        var token = token();
        var row = new Row(place, Hashes.sha256(token), false, now.toString());
        try {
            state.write(
                    State.Change.remove(entry),
                    State.Change.set(DEVICE + place.device(), row.bytes()));
        } catch (NotStored lost) {
            if (lost.why() == NotStored.Why.CONFLICT) {
                return null;
            }
            throw lost;
        }
        return new Provisioned(new Registration(place, row.token()), token);
    }

    /// Lets the device in no more, by whatever token, until it brings a new code.
    ///
    /// @return false: nobody knows it, and it is refused from now on all the same
    boolean revoke(String device, Instant now) throws NotStored {
        var row = find(device);
        var place = row == null ? new Place(device, UNKNOWN, "", "") : row.place();
        var revoked = new Row(place, "", true, now.toString());
        state.write(State.Change.set(DEVICE + device, revoked.bytes()));
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
