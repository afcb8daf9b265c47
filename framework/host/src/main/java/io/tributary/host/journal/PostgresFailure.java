package io.tributary.host.journal;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What an error of the server means for what was being written.
sealed interface PostgresFailure {

    /// One unit cannot be stored, ever; its neighbours can.
    ///
    /// @param unit its number in the batch; -1: the server did not say
    record Own(int unit, String text) implements PostgresFailure {}

    /// Nothing was written; the same can be sent at once.
    record Again() implements PostgresFailure {}

    /// The server is out of reach or busy: what became of it is not known.
    record Away(String text) implements PostgresFailure {}

    /// The server has no room; nothing was written.
    record Full() implements PostgresFailure {

        static final String TEXT =
                "the database server's disk is full: make room there, and it goes on by itself";
    }

    /// Nothing but a person can help.
    record Final(String text) implements PostgresFailure {}

    static PostgresFailure of(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        if (state.equals("TR001")) {
            return new Own(unit(error), message(error));
        }
        return switch (state) {
            case Occupancy.TAKEN_OVER ->
                    new Final(
                            "another member has used the database since this one lost its connection:"
                                    + " start this one again");
            case "53100" -> new Full();
            case "40001", "40P01" -> new Again();
            case Occupancy.IN_USE ->
                    new Away(
                            "another member uses this database that shares it with nobody, or this one is"
                                    + " to share with nobody: stop one of them, give this one a database of"
                                    + " its own, or make all of them members of one cluster");
            case "25006" -> new Away("the database server takes no writes now: it is a standby");
            case "XX001", "XX002" ->
                    new Final(
                            "the database is damaged (error "
                                    + state
                                    + "): keep a copy, and restore a backup");
            case "28000", "28P01", "3D000", "42501" ->
                    new Away(
                            "the database server refuses this member (error "
                                    + state
                                    + "): check user, password and database in the configuration");
            default -> byClass(state, error);
        };
    }

    private static PostgresFailure byClass(String state, SQLException error) {
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            // what one unit asks for and the server cannot do, such as a key of more than 2,704
            // bytes
            case "0A", "20", "21", "22", "23", "54", "P0" -> new Own(-1, message(error));
            // a server that starts, stops or has no connection left will be back
            case "08", "57", "53", "55", "58" ->
                    new Away("the database server cannot be used now (error " + state + ")");
            case "42" ->
                    new Final(
                            "the tables are not as this version makes them (error "
                                    + state
                                    + "): another version of the member or another program has changed"
                                    + " them");
            default ->
                    new Away(
                            "the database server answered with an error ("
                                    + state
                                    + "): try again");
        };
    }

    /// The server's words without the values, which belong to customers.
    static String message(SQLException error) {
        ServerErrorMessage told = told(error);
        String words = told == null ? null : told.getMessage();
        return words == null ? "error " + error.getSQLState() : words;
    }

    private static int unit(SQLException error) {
        ServerErrorMessage told = told(error);
        String detail = told == null ? null : told.getDetail();
        return detail == null ? -1 : Integer.parseInt(detail);
    }

    private static @Nullable ServerErrorMessage told(SQLException error) {
        return error instanceof PSQLException server ? server.getServerErrorMessage() : null;
    }
}
