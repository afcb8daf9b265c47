package io.tributary.sms.smpp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// Whom a TLS connection trusts.
final class Trust {

    private Trust() {}

    /// Those whom this Java trusts.
    static SSLSocketFactory usual() {
        return (SSLSocketFactory) SSLSocketFactory.getDefault();
    }

    /// These alone.
    ///
    /// @param pem certificates, each between its BEGIN and END
    /// @throws GeneralSecurityException there is none, or it cannot be read
    static SSLSocketFactory of(String pem) throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var octets = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
            int count = 0;
            for (var each : CertificateFactory.getInstance("X.509").generateCertificates(octets)) {
                store.setCertificateEntry("smsc-" + count++, each);
            }
            if (count == 0) {
                throw new GeneralSecurityException("there is no certificate");
            }
            var factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException impossible) {
            throw new GeneralSecurityException("an empty store cannot be made", impossible);
        }
    }
}
