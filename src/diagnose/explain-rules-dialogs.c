#include "config.h"

#include "diagnose/word-rule.h"

#define CLIENT BARUA_WEIGHT_CLIENT
#define VAGUE BARUA_WEIGHT_VAGUE

#define MAIL_NEAR "imap~|smtp~|pop~|mail~|gmail~|server~|serveur~|servidor~"

#define REFUSED(words)                                                                   \
  {                                                                                      \
    "dialog-refused", "connection-refused", VAGUE + 8, 66, words, MAIL_NEAR              \
  }
#define DOWN(words)                                                                      \
  {                                                                                      \
    "dialog-down", "connection-refused", VAGUE + 8, 62, words, MAIL_NEAR                 \
  }
#define CLOSED(words)                                                                    \
  {                                                                                      \
    "dialog-closed", "connection-closed", VAGUE + 8, 62, words, MAIL_NEAR                \
  }
#define TIMED_OUT(words)                                                                 \
  {                                                                                      \
    "dialog-timed-out", "connection-timeout", VAGUE + 8, 64, words, MAIL_NEAR            \
  }
#define NO_NAME(words)                                                                   \
  {                                                                                      \
    "dialog-no-name", "dns-failure", VAGUE + 8, 66, words                                \
  }
#define PASSWORD(words)                                                                  \
  {                                                                                      \
    "dialog-password", "bad-credentials", CLIENT - 4, 62, words, MAIL_NEAR               \
  }
#define MECHANISM(words)                                                                 \
  {                                                                                      \
    "dialog-mechanism", "auth-mechanism-mismatch", CLIENT, 78, words                     \
  }
#define STARTTLS(words)                                                                  \
  {                                                                                      \
    "dialog-starttls", "starttls-stripped", CLIENT + 4, 82, words                        \
  }
#define SIZE(words)                                                                      \
  {                                                                                      \
    "dialog-size", "message-too-large", CLIENT, 76, words                                \
  }
#define MANY(words)                                                                      \
  {                                                                                      \
    "dialog-many", "too-many-connections", CLIENT + 4, 76, words                         \
  }
#define HANDSHAKE(words)                                                                 \
  {                                                                                      \
    "dialog-handshake", "tls-handshake", CLIENT, 70, words                               \
  }

/* What Thunderbird's dialogs say, in the languages in which most people read them. */
static const BaruaWordRule RULES[] = {
  /* German. */
  NO_NAME ("smtp-server*ist unbekannt"),
  NO_NAME ("postausgangs-server (smtp)*ist unbekannt"),
  DOWN ("verbindungsaufbau mit*fehlgeschlagen"),
  REFUSED ("da sie verweigert wurde"),
  REFUSED ("verbindung zu*verweigert"),
  CLOSED ("mitten in der transaktion"),
  CLOSED ("hat die verbindung abgebrochen"),
  PASSWORD ("kann nicht authentifiziert werden"),
  MECHANISM ("gewählte authentifizierungsmethode nicht"),
  MECHANISM ("verschlüsselte~*passw~*nicht zu unterstützen"),
  STARTTLS ("verbindung*nicht mit starttls aufgebaut~"),
  SIZE ("größenlimit des servers"),
  MANY ("maximale anzahl von verbindungen"),
  HANDSHAKE ("nicht überschreibbarer tls-fehler"),
  PASSWORD ("senden des passworts für~"),
  /* French. */
  NO_NAME ("serveur sortant (smtp)*est inconnu"),
  DOWN ("connexion au serveur sortant*a échoué"),
  REFUSED ("connexion a été refusée"),
  CLOSED ("perdue pendant la transaction"),
  CLOSED ("serveur*sest déconnecté"),
  TIMED_OUT ("connexion au serveur sortant*a expiré"),
  TIMED_OUT ("temps limite de connexion~"),
  PASSWORD ("impossible de sauthentifier~"),
  MECHANISM ("méthode dauthentification sélectionnée"),
  MECHANISM ("gérer les mots de passe chiffrés"),
  STARTTLS ("lien sécurisé*starttls"),
  SIZE ("excède la taille globale limite~"),
  MANY ("nombre maximal de connexions"),
  HANDSHAKE ("erreur tls non récupérable"),
  PASSWORD ("échec de la connexion*nom dutilisateur"),
  PASSWORD ("lenvoi du mot de passe~"),
  /* Spanish. */
  NO_NAME ("servidor de salida (smtp)*es desconocido"),
  DOWN ("fallado la conexión al servidor de salida"),
  REFUSED ("conexión ha sido rechazada"),
  CLOSED ("perdió en mitad de la transacción"),
  CLOSED ("servidor*ha cortado la conexión"),
  TIMED_OUT ("ha caducado la conexión"),
  PASSWORD ("no se puede identificar al servidor~"),
  PASSWORD ("autenticación falló"),
  PASSWORD ("inicio de sesión*ha fallado"),
  PASSWORD ("envío de la contraseña~"),
  PASSWORD ("fallo de identificación"),
  MECHANISM ("no admite el*de identificación seleccionado"),
  MECHANISM ("admitir contraseñas cifradas"),
  STARTTLS ("enlace seguro*starttls"),
  SIZE ("excede el límite global de tamaño"),
  MANY ("número máximo de conexiones a~"),
  HANDSHAKE ("error de tls que no puede ser ignorado"),
  /* Italian. */
  NO_NAME ("posta in uscita (smtp)*sconosciuto"),
  DOWN ("connessione al server in uscita*non è riuscita"),
  REFUSED ("connessione è stata rifiutata"),
  CLOSED ("interrotta durante la trasmissione"),
  CLOSED ("server*si è disconnesso"),
  TIMED_OUT ("connessione al server*è scaduta"),
  TIMED_OUT ("fuori tempo massimo"),
  MECHANISM ("metodo di autenticazione scelto"),
  MECHANISM ("metodo di autenticazione selezionato"),
  MECHANISM ("gestire le password crittate"),
  STARTTLS ("collegamento sicuro*starttls"),
  SIZE ("supera il limite globale del server"),
  MANY ("numero massimo di connessioni"),
  HANDSHAKE ("errore tls che non può~"),
  PASSWORD ("accesso al server*non riuscito"),
  PASSWORD ("linvio della password~"),
  /* Brazilian Portuguese. */
  NO_NAME ("servidor de envio (smtp)*não é conhecido"),
  DOWN ("conexão com o servidor de envio*falhou"),
  REFUSED ("conexão foi recusada"),
  CLOSED ("perdida no meio da transação"),
  CLOSED ("servidor*foi desconectado"),
  TIMED_OUT ("conexão com o servidor de envio*expirou"),
  TIMED_OUT ("expirou o tempo de conexão~"),
  PASSWORD ("não foi possível autenticar~"),
  PASSWORD ("autenticação no servidor*falhou"),
  PASSWORD ("envio da senha~"),
  MECHANISM ("método de autenticação selecionado"),
  MECHANISM ("suport~*senhas criptografadas"),
  STARTTLS ("conexão segura*starttls"),
  SIZE ("excede o limite global do servidor"),
  MANY ("número máximo de conexões com~"),
  HANDSHAKE ("erro de tls não substituível"),
  /* Dutch. */
  NO_NAME ("uitgaande (smtp-)server*is onbekend"),
  DOWN ("verbinden met uitgaande*is mislukt"),
  REFUSED ("verbinding werd geweigerd"),
  CLOSED ("midden van de transactie~"),
  CLOSED ("server*heeft de verbinding verbroken"),
  TIMED_OUT ("wachttijd voor*verbinding met*verlopen"),
  TIMED_OUT ("wachttijd voor verbinding met*verstreken"),
  PASSWORD ("kan niet authenticeren~"),
  PASSWORD ("verzending van*wachtwoord~"),
  PASSWORD ("authenticatiefout"),
  MECHANISM ("ondersteunt de geselecteerde authenticatiemethode niet"),
  MECHANISM ("versleutelde wachtwoorden niet~"),
  MECHANISM ("geen versleutelde wachtwoorden~"),
  STARTTLS ("beveiligde verbinding*starttls"),
  SIZE ("overschrijdt de globale~*van de server"),
  MANY ("maximale aantal verbindingen"),
  HANDSHAKE ("niet-overschrijfbare tls-fout"),
  /* Polish. */
  NO_NAME ("poczty wychodzącej (smtp) jest nieznany"),
  DOWN ("nie udało się połączyć z serwerem~"),
  REFUSED ("połączenie zostało odrzucone"),
  CLOSED ("przerwane w trakcie transakcji"),
  CLOSED ("serwer*rozłączył się"),
  PASSWORD ("nie udało się uwierzytelnić~"),
  PASSWORD ("przesyłanie hasła~"),
  PASSWORD ("niepowodzenie uwierzytelniania"),
  MECHANISM ("nie obsługuje wybranej metody uwierzytelniania"),
  MECHANISM ("nie obsługiwać uwierzytelniania~"),
  STARTTLS ("bezpiecznego połączenia*starttls"),
  SIZE ("przekracza globalny limit rozmiaru~"),
  MANY ("maksymalną liczbę połączeń~"),
  HANDSHAKE ("błąd tls nie do zignorowania"),
  /* Russian. */
  NO_NAME ("исходящей почты (smtp)*неизвестен"),
  NO_NAME ("имя или служба не известны"),
  DOWN ("не удалось установить соединение с сервером~"),
  CLOSED ("утеряно в середине транзакции"),
  CLOSED ("произошло отключение от~"),
  PASSWORD ("не удалось аутентифицироваться~"),
  PASSWORD ("ошибка входа на сервер~"),
  PASSWORD ("отправить пароль для~"),
  MECHANISM ("не поддерживает выбранный метод аутентификации"),
  MECHANISM ("использование зашифрованных паролей"),
  STARTTLS ("защищённое соединение*starttls"),
  SIZE ("превышает глобальный предел размера~"),
  MANY ("максимальное число соединений~"),
  HANDSHAKE ("неустранимая ошибка tls"),
  /* Swedish. */
  NO_NAME ("utgående server (smtp)*är okänd"),
  DOWN ("anslutning till utgående server*misslyckades"),
  REFUSED ("anslutningen nekades"),
  CLOSED ("förlorades mitt under~"),
  CLOSED ("bortkopplad från servern~"),
  TIMED_OUT ("lång tid att få svar från servern~"),
  PASSWORD ("kan inte autentisera~"),
  PASSWORD ("sändning av lösenordet~"),
  PASSWORD ("autentiseringsfel"),
  MECHANISM ("stöder inte den valda autentiseringsmetoden"),
  MECHANISM ("inte stöda krypterade lösenord"),
  MECHANISM ("stöder inte krypterade lösenord"),
  STARTTLS ("säker länk*starttls"),
  SIZE ("globala storleksgränsen~"),
  MANY ("maximala antalet anslutningar"),
  HANDSHAKE ("tls-fel inträffade som inte kan~"),
  /* Icelandic. */
  NO_NAME ("póstþjónn*er óþekktur"),
  DOWN ("tenging við póstþjón~*mistókst"),
  REFUSED ("tengingunni var hafnað"),
  CLOSED ("tenging slitnaði~"),
  CLOSED ("póstþjónninn*hefur aftengst"),
  TIMED_OUT ("þar sem tenging rann út"),
  TIMED_OUT ("tími rann út fyrir tengingu~"),
  PASSWORD ("póstþjón*athugaðu lykilorðið~"),
  PASSWORD ("innskráning mistókst~"),
  PASSWORD ("sending á lykilorði~"),
  PASSWORD ("auðkenning brást~"),
  PASSWORD ("rangt lykilorð"),
  MECHANISM ("styður ekki valda auðkennisaðferð"),
  MECHANISM ("styðja dulkóðuð lykilorð"),
  STARTTLS ("öruggri tengingu*starttls"),
  SIZE ("fer yfir hámarksstærð~"),
  MANY ("hámarksfjölda tenginga~"),
  HANDSHAKE ("tls-villa sem ekki er hægt~"),
};

const BaruaWordRule *
barua_word_rules_dialogs (gsize *n_rules)
{
  *n_rules = G_N_ELEMENTS (RULES);
  return RULES;
}
