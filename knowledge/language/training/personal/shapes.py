"""Who writes in which language, what names are joined by, and how addresses are laid out."""

COMMON = ("en_US", "en_US", "en_US", "en_US", "en_GB", "en_GB", "en_GB", "en_IN", "en_IN",
           "de_DE", "fr_FR", "es_ES", "es_MX", "it_IT", "nl_NL", "pt_BR", "arabic",
          "korean")  # fmt: skip
FRAMES = {
    "de": ("de_DE", "de_AT", "de_CH", "tr_TR"),
    "fr": ("fr_FR", "fr_BE", "fr_CA", "fr_CH", "fr_DZ"),
    "es": ("es_ES", "es_MX", "es_AR", "es_CO"),
}
ENGLISH = ("en_US", "en_CA", "en_GB", "en_AU", "en_NZ", "en_IE", "en_IN", "zu_ZA", "es_CO")
PARTICLES = ("van ", "van der ", "van den ", "de ", "de la ", "del ", "di ", "von ", "dos ",
              "da ", "Mc", "Mac", "O'", "O’", "al-", "Al-", "El ", "bin ", "St. ",
             "Le ")  # fmt: skip
AFTER = (
    "{street}, {city}, {state} {zip}", "{street}\n{city}, {state} {zip}", "{street}, {city} {zip}",
    "{street}\n{city}\n{zip}", "{street}, {city}", "{street}\n{city} {zip}\n{country}",
    "{street}, {city}, {zip}, {country}", "{street}\n{city}, {state} {zip}\n{country}",
    "{street} {city} {state} {zip}", "{street}, {city}, {state}, {country}", "{street}",
    "{unit}, {street}, {city} {zip}", "{street}\n{unit}\n{city}\n {country}\n {zip}",
    "{box}, {city}, {state} {zip}", "{street}\n\n{city}\n{state} {zip}",
    "{street}, {city}, {country}",
    "{street} {unit}\n{city}, {state} {zip}\n{country}", "{street}, {unit}\n{city} {state}, {zip}",
)  # fmt: skip
BEFORE = (
    "{street}, {zip} {city}", "{street}\n{zip} {city}", "{street}\n{zip} {city}\n{country}",
    "{street}, {zip} {city}, {country}", "{street}, {city}", "{street} {zip} {city}", "{street}",
    "{street}\n{unit}\n{city}\n {country}\n {zip}", "{street}\n{zip}\n{city}",
    "{box}, {zip} {city}",
    "{street}, {city} {zip}", "{street}, {city}, {state}", "{street}\n\n{zip} {city}\n{country}",
    "{zip} {city}, {street}", "{street}, {city}, {country}", "{street}, {unit}, {zip} {city}",
)  # fmt: skip
