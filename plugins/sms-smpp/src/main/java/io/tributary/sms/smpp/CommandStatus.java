package io.tributary.sms.smpp;

import io.tributary.spi.Health;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import java.time.Duration;
import java.util.Locale;

/// What an SMSC means by a status (SMPP 3.4, 5.1.3), and what we mean by one.
final class CommandStatus {

    static final int OK = 0x00;
    static final int INVALID_COMMAND = 0x03;
    static final int WRONG_BIND_STATUS = 0x04;
    static final int ALREADY_BOUND = 0x05;
    static final int SYSTEM_ERROR = 0x08;
    static final int QUEUE_FULL = 0x14;
    static final int BIND_FAILED = 0x0D;
    static final int WRONG_PASSWORD = 0x0E;
    static final int WRONG_SYSTEM_ID = 0x0F;

    private static final Duration SLOW_DOWN = Duration.ofSeconds(1);

    private CommandStatus() {}

    /// What follows where the SMSC did not take a message.
    ///
    /// | status | result | why |
    /// |---|---|---|
    /// | 0x58 throttled, 0x14 queue full | Retry, the account | all of it is too fast |
    /// | 0x04 wrong bind status | Retry, the account | the bind is made anew |
    /// | 0x0D to 0x0F | AccountStopped | credentials |
    /// | 0x08 system error, 0x64 temporary error, 0x102 service unavailable | Retry, this message | the SMSC says that it failed |
    /// | what is wrong with the message itself | Rejected | it stays so |
    /// | 0x45 submit failed, 0xFF unknown error, own codes | Unknown | it does not say whether it was taken |
    static SendResult of(int status) {
        var code = code(status);
        return switch (status) {
            case 0x58, QUEUE_FULL ->
                    SendResult.retry(SLOW_DOWN, Scope.ACCOUNT, code, "the SMSC wants less at once");
            case WRONG_BIND_STATUS ->
                    SendResult.retry(
                            SLOW_DOWN, Scope.ACCOUNT, code, "the SMSC does not regard us as bound");
            case BIND_FAILED, WRONG_PASSWORD, WRONG_SYSTEM_ID ->
                    SendResult.accountStopped(code, "the SMSC refuses systemId and password");
            case SYSTEM_ERROR, 0x64, 0x102 ->
                    SendResult.retry(code, "the SMSC failed and may take it later");
            case 0x0A -> SendResult.rejected(code, "the SMSC refuses the sender's address");
            case 0x0B -> SendResult.rejected(code, "the SMSC refuses the recipient's address");
            default ->
                    isOfTheMessage(status)
                            ? SendResult.rejected(code, "the SMSC refuses the message")
                            : SendResult.unknown(
                                    code, "the SMSC does not say whether it took the message");
        };
    }

    /// What is wrong with the message itself: its lengths, types, flags, times, parameters, or that
    /// the carrier does not want it (0x66, and 0x100 to 0x104 by which some refuse contents; 0x102
    /// among them is for now alone).
    private static boolean isOfTheMessage(int status) {
        return within(status, 0x01, 0x03)
                || within(status, 0x06, 0x07)
                || within(status, 0x15, 0x44)
                || within(status, 0x48, 0x57)
                || within(status, 0x61, 0x63)
                || within(status, 0x65, 0x66)
                || within(status, 0xC0, 0xC4)
                || within(status, 0x100, 0x104);
    }

    private static boolean within(int status, int first, int last) {
        return status >= first && status <= last;
    }

    /// How the account is whose bind was refused.
    static Health ofBind(int status) {
        return switch (status) {
            case WRONG_PASSWORD, WRONG_SYSTEM_ID ->
                    Health.stopped(
                            "the SMSC refuses systemId and password (" + code(status) + ")",
                            "compare systemId, password, systemType and bind with what the"
                                    + " carrier gave you");
            // by which many mean one bind too many, as is usual for a moment when a bind moves
            case BIND_FAILED ->
                    Health.down("the SMSC refuses the bind (" + code(status) + ")")
                            .action(
                                    "if it goes on, compare systemId, password, systemType, bind"
                                            + " and binds with what the carrier gave you");
            case ALREADY_BOUND ->
                    Health.down("the SMSC says that we are bound already")
                            .action(
                                    "if it goes on, see whether another program uses this account,"
                                            + " and whether the carrier permits so many binds");
            default -> Health.down("the SMSC refuses the bind (" + code(status) + ")");
        };
    }

    static String code(int status) {
        return "0x" + Integer.toHexString(status).toUpperCase(Locale.ROOT);
    }
}
