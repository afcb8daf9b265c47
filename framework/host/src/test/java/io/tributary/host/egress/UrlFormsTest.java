package io.tributary.host.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.spi.Http;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every way to write an address that must not be reached, as far as anybody has found one. Names
/// that are not addresses resolve by a resolver that knows a few; none asks the network.
final class UrlFormsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // loopback
                "http://127.0.0.1/",
                "http://127.0.0.1:80/",
                "http://127.0.0.2/",
                "http://127.1.2.3/",
                "http://127.255.255.254/",
                "https://127.0.0.1/",
                "HTTP://127.0.0.1/",
                "http://127.0.0.1./",
                "http://localhost/",
                "http://LOCALHOST/",
                "http://LocalHost:8080/",
                "http://localhost./",
                "http://app.localhost/",
                "http://[::1]/",
                "http://[::1]:8080/",
                "http://[0:0:0:0:0:0:0:1]/",
                "http://[0000:0000:0000:0000:0000:0000:0000:0001]/",
                "http://[::0001]/",
                "http://[0::1]/",
                // other ways to write numbers
                "http://127.1/",
                "http://127.0.1/",
                "http://2130706433/",
                "http://017700000001/",
                "http://0x7f000001/",
                "http://0x7f.0.0.1/",
                "http://0x7f.1/",
                "http://0X7F.0x0.0x0.0x1/",
                "http://0177.0.0.1/",
                "http://0177.0.0.01/",
                "http://00000177.1/",
                "http://127.000.000.001/",
                "http://127.0.0.01/",
                "http://127.0.0.0x1/",
                "http://127.0.0.1.0/",
                "http://127.0.0/",
                "http://127/",
                "http://256.0.0.1/",
                "http://127.0.0.256/",
                "http://4294967296/",
                "http://1.2.3/",
                "http://1.2/",
                "http://010.8.8.8/",
                "http://8.8.8.010/",
                "http://name.127/",
                "http://name.0x7f/",
                // unspecified and broadcast
                "http://0.0.0.0/",
                "http://0/",
                "http://0.1.2.3/",
                "http://[::]/",
                "http://[0:0:0:0:0:0:0:0]/",
                "http://255.255.255.255/",
                // private
                "http://10.0.0.1/",
                "http://10.255.255.255/",
                "http://172.16.0.1/",
                "http://172.31.255.255/",
                "http://192.168.0.1/",
                "http://192.168.1.1:8080/admin",
                "http://[fc00::1]/",
                "http://[fd12:3456:789a::1]/",
                "http://[fec0::1]/",
                // carrier's private
                "http://100.64.0.1/",
                "http://100.127.255.255/",
                "http://100.100.100.200/latest/meta-data",
                // link-local and metadata
                "http://169.254.169.254/latest/meta-data/",
                "http://169.254.170.2/v2/credentials",
                "http://169.254.0.1/",
                "http://2852039166/latest/meta-data",
                "http://0xa9fea9fe/",
                "http://0251.0376.0251.0376/",
                "http://169.254.43518/",
                "http://168.63.129.16/metadata",
                "http://192.0.0.192/opc/v1",
                "http://[fd00:ec2::254]/latest",
                "http://[fd00:ec2::23]/v1/credentials",
                "http://[fd20:ce::254]/computeMetadata/v1/",
                "http://0xA9.0xFE.0xA9.0xFE/",
                "http://0251.254.169.254/",
                "http://169.254.169.254./",
                "http://[::ffff:169.254.169.254%25eth0]/",
                "http://[64:ff9b::a9fe:a9fe]/",
                "http://[2002:a9fe:a9fe::1]/",
                "http://192.0.0.170/",
                "http://[fe80::1]/",
                "http://[fe80::1%25eth0]/",
                "http://[fe80::1%25lo]/",
                "http://metadata.google.internal/computeMetadata/v1/",
                // multicast and reserved
                "http://224.0.0.1/",
                "http://239.255.255.250:1900/",
                "http://240.0.0.1/",
                "http://[ff02::1]/",
                "http://[ff05::1:3]/",
                // special purpose
                "http://192.0.2.1/",
                "http://198.51.100.7/",
                "http://203.0.113.9/",
                "http://198.18.0.1/",
                "http://198.19.255.255/",
                "http://192.88.99.1/",
                "http://[2001:db8::1]/",
                "http://[3fff::1]/",
                "http://[100::1]/",
                // IPv4 inside of IPv6
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[0:0:0:0:0:ffff:127.0.0.1]/",
                "http://[::ffff:169.254.169.254]/",
                "http://[::ffff:a9fe:a9fe]/",
                "http://[::ffff:10.0.0.1]/",
                "http://[::127.0.0.1]/",
                "http://[::7f00:1]/",
                "http://[64:ff9b::127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[64:ff9b::8.8.8.8]/",
                "http://[64:ff9b:1::a00:1]/",
                "http://[2002:7f00:1::]/",
                "http://[2002:a00:1::1]/",
                "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
                "http://[::ffff:0:127.0.0.1]/",
                // users, backslashes, other tricks
                "http://example.com@127.0.0.1/",
                "http://127.0.0.1@example.com/",
                "http://user:secret@example.com/",
                "http://@example.com/",
                "http://example.com%40127.0.0.1/",
                "http://127.0.0.1%2f@example.com/",
                "http://example.com%00.127.0.0.1/",
                "http://127%2e0%2e0%2e1/",
                "http://%31%32%37.0.0.1/",
                "http://%6c%6f%63%61%6c%68%6f%73%74/",
                "http:///127.0.0.1/",
                "http:127.0.0.1/",
                "http://",
                "http:/127.0.0.1",
                "//127.0.0.1/",
                "/127.0.0.1",
                "127.0.0.1",
                "http://-example.com/",
                "http://exa mple.com/",
                "http://example..com/",
                "http://.example.com/",
                "http://example.com../",
                "http://\u0031\u0032\u0037.0.0.1./",
                "http://\u2460\u2461\u2466.0.0.1/",
                "http://\uff11\uff12\uff17.0.0.1/",
                "http://127\u3002" + "0\u30020\u30021/",
                "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
                "http://b\u00fccher.example/",
                "http://example.com\\@127.0.0.1/",
                "http://127.0.0.1\\@example.com/",
                "http://example.com:0/",
                "http://example.com:65536/",
                "http://example.com:-1/",
                "http://example.com:80:80/",
                // other schemes
                "ftp://example.com/",
                "file:///etc/passwd",
                "file://localhost/etc/passwd",
                "gopher://127.0.0.1:6379/_INFO",
                "jar:http://example.com!/",
                "ws://example.com/",
                "data:text/plain,hi",
                "javascript:alert(1)",
                "ldap://127.0.0.1/",
                "dict://127.0.0.1:11211/",
                "unix:/var/run/docker.sock",
                // names that lead inside
                "http://inside.example.com/",
                "http://mixed.example.com/",
                "http://six.example.com/",
                "http://nowhere.example.com/"
            })
    void doesNotGoOut(String url) {
        assertThatThrownBy(
                        () -> Destination.of(uri(url), EgressRules.PUBLIC, UrlFormsTest::resolve))
                .isInstanceOfAny(
                        Refused.class, UnknownHostException.class, IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "https://EXAMPLE.com./path?q=1#f",
                "https://example.com:8443/",
                "http://xn--bcher-kva.example/",
                "http://8.8.8.8/",
                "http://[2606:4700::1111]/"
            })
    void goesOut(String url) throws Exception {
        var to = Destination.of(uri(url), EgressRules.PUBLIC, UrlFormsTest::resolve);

        assertThat(to.addresses()).isNotEmpty();
        assertThat(to.host()).isLowerCase().doesNotEndWith(".");
    }

    @Test
    void whatIsAllowedIsAllowedAndNothingBesideIt() throws Exception {
        var rules =
                EgressRules.of(
                        List.of("127.0.0.0/8", "inside.example.com", "fd00::/8", "10.1.2.3"));

        for (String url :
                List.of(
                        "http://127.0.0.1/",
                        "http://localhost/",
                        "http://inside.example.com/",
                        "http://[fd00::1]/",
                        "http://10.1.2.3/")) {
            assertThat(Destination.of(uri(url), rules, UrlFormsTest::resolve).addresses())
                    .isNotEmpty();
        }
        for (String url : List.of("http://[::1]/", "http://10.1.2.4/", "http://six.example.net/")) {
            assertThatThrownBy(() -> Destination.of(uri(url), rules, UrlFormsTest::resolve))
                    .isInstanceOf(Refused.class);
        }
    }

    @Test
    void aMistakeInWhatIsAllowedIsNamed() {
        assertThatThrownBy(() -> EgressRules.of(List.of("10.0.0.0/33")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10.0.0.0/33");
        assertThatThrownBy(() -> EgressRules.of(List.of("http://x")))
                .hasMessageContaining("egress.allow");
    }

    /// As a plugin would have to say it.
    private static URI uri(String url) {
        return Http.Call.get(URI.create(url)).uri();
    }

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        return switch (host) {
            case "example.com", "xn--bcher-kva.example" ->
                    new InetAddress[] {InetAddress.getByName("93.184.215.14")};
            case "inside.example.com" -> new InetAddress[] {InetAddress.getByName("10.0.0.5")};
            case "mixed.example.com" ->
                    new InetAddress[] {
                        InetAddress.getByName("93.184.215.14"), InetAddress.getByName("127.0.0.1")
                    };
            case "six.example.net" ->
                    new InetAddress[] {
                        InetAddress.getByName("127.0.0.1"), InetAddress.getByName("fe80::7")
                    };
            case "six.example.com" -> new InetAddress[] {InetAddress.getByName("fd00::7")};
            case "metadata.google.internal" ->
                    new InetAddress[] {InetAddress.getByName("169.254.169.254")};
            case "localhost", "app.localhost" ->
                    new InetAddress[] {InetAddress.getByName("127.0.0.1")};
            default -> {
                if (host.indexOf(':') < 0 && !Hosts.isIpv4(host)) {
                    throw new UnknownHostException(host);
                }
                yield new InetAddress[] {InetAddress.getByName(host)};
            }
        };
    }
}
