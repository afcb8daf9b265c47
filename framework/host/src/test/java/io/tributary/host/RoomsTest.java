package io.tributary.host;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoomsTest {

    private static final String HOST = "io.tributary.host";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(HOST);

    /// Rooms that do a part of the work each and are joined by `api` and `host`.
    private static final List<String> APART =
            List.of("http", "plugins", "inbound", "outbound", "customers", "agents", "connections");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access",
                "accounts",
                "agents",
                "api",
                "artifacts",
                "calls",
                "cluster",
                "command",
                "configuration",
                "connections",
                "customers",
                "devices",
                "egress",
                "guard",
                "http",
                "inbound",
                "journal",
                "leaks",
                "media",
                "news",
                "objects",
                "outbound",
                "ownership",
                "phones",
                "plugins",
                "rollouts",
                "secrets",
                "traces",
                "webhooks",
                "workshop"
            })
    @DisplayName("the rules see every room")
    void everyRoomHasClasses(String room) {
        assertThat(CLASSES.stream().filter(each -> each.getPackageName().equals(room(room))))
                .hasSizeGreaterThan(2);
    }

    @Test
    @DisplayName("rooms that work side by side do not look at each other")
    void roomsApartStayApart() {
        for (String room : APART) {
            String[] others =
                    APART.stream()
                            .filter(other -> !other.equals(room))
                            .map(RoomsTest::room)
                            .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(room(room))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(CLASSES);
        }
    }

    @Test
    @DisplayName("devices see nothing of what the others do with what they say, but the server")
    void devicesSeeTheServerAlone() {
        String[] others =
                APART.stream()
                        .filter(other -> !other.equals("http"))
                        .map(RoomsTest::room)
                        .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(room("devices"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(APART.stream().map(RoomsTest::room).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(room("devices"))
                .check(CLASSES);
    }

    @Test
    @DisplayName("no room depends on a room that depends on it")
    void roomsHaveNoCircles() {
        slices().matching(HOST + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    @DisplayName("only the command line and the wiring look at the wiring")
    void nobodyLooksUp() {
        noClasses()
                .that()
                .resideOutsideOfPackages(HOST, room("command"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HOST, room("command"))
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(HOST, room("api"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(room("api"))
                .check(CLASSES);
    }

    @Test
    @DisplayName("PF4J, Hazelcast, JDBC, Vert.x Web, Vert.x and picocli stay in their rooms")
    void librariesStayInTheirRooms() {
        only("org.pf4j..", "plugins");
        only("com.hazelcast..", "cluster");
        // guard stands in for the JDK's list of drivers, so it has to name one
        only("java.sql..", "journal", "guard");
        only("org.sqlite..", "journal");
        only("org.flywaydb..", "journal");
        only("io.vertx..", "http", "egress", "");
        only("io.netty..", "http", "egress", "");
        only("picocli..", "command");
        only("com.networknt..", "accounts", "configuration");
        only("com.standardwebhooks..", "webhooks");
        only("com.google.i18n.phonenumbers..", "phones");
    }

    @Test
    @DisplayName("the room that says which jars are taken knows the journal only")
    void artifactsRestOnTheJournal() {
        noClasses()
                .that()
                .resideInAPackage(room("artifacts"))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(HOST + "..")
                                .and(not(resideInAnyPackage(room("artifacts"), room("journal")))))
                .check(CLASSES);
    }

    @Test
    @DisplayName("what members tell each other rests on the journal's rows and on nobody's work")
    void clusterRestsOnTheJournal() {
        noClasses()
                .that()
                .resideInAPackage(room("cluster"))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(HOST + "..")
                                .and(
                                        not(
                                                resideInAnyPackage(
                                                        room("cluster"),
                                                        room("configuration"),
                                                        room("journal"),
                                                        room("secrets")))))
                .check(CLASSES);
    }

    @Test
    @DisplayName("the room of the bucket knows no other")
    void bucketKnowsNobody() {
        noClasses()
                .that()
                .resideInAPackage(room("objects"))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(HOST + "..").and(not(resideInAPackage(room("objects")))))
                .check(CLASSES);
    }

    private static void only(String library, String... rooms) {
        String[] allowed = Arrays.stream(rooms).map(RoomsTest::room).toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    private static String room(String name) {
        return name.isEmpty() ? HOST : HOST + "." + name;
    }
}
