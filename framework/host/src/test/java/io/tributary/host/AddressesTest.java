package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.configuration.Configuration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("a link for customers")
final class AddressesTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, , false",
        "localhost, , false",
        "0.0.0.0, , false",
        "'::', , false",
        "192.0.2.7, , true",
        "chat.example, , true",
        "0.0.0.0, https://files.example, true",
    })
    @DisplayName("leads somewhere only where the member knows how it is reached from elsewhere")
    void pages(String host, String pages, boolean reachable) throws Exception {
        Map<String, String> environment =
                pages == null
                        ? Map.of("TRIBUTARY_HTTP_HOST", host)
                        : Map.of("TRIBUTARY_HTTP_HOST", host, "TRIBUTARY_HTTP_PAGES_URL", pages);
        Configuration.Http http = Configuration.load(null, environment).http();

        assertThat(Addresses.of(http).pagesReachableFromElsewhere(http)).isEqualTo(reachable);
    }
}
