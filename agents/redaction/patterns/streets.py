"""How streets are called, by country."""

WORD = r"[^\W\d_][^\W\d_.'’/-]{0,24}+(?:[-'’.][^\W\d_]{1,20}){0,2}\.?"
PROPER = r"(?:[^\W\d_a-zà-öø-ÿ][^\W\d_]{0,24}+(?:[-'’][^\W\d_]{1,20}){0,2}\.?)"
NUMBER = r"\d{1,5}(?:[-/]\d{1,4})?(?: ?[a-zA-Z](?!\w))?"

# The kind of street comes last: 12 Park Lane.
LAST = (
    r"(?:Street|St|Avenue|Ave|Av|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Terrace|Tce|Way"
    r"|Boulevard|Blvd"
    r"|Crescent|Cres|Close|Square|Sq|Parade|Highway|Hwy|Parkway|Pkwy|Circuit|Cct|Grove|Gardens"
    r"|Mews|Rise|Row"
    r"|Walk|Trail|Loop|Circle|Cir|Alley|Plaza|Turnpike|Esplanade|Lodge|Quay|Wharf|Path|Pike"
    r"|Bypass|Track)\.?"
)

# The kind of street ends the word: Parkweg 12.
ENDING = (
    r"(?:stra(?:ß|ss)e|str\.|gasse|gässli|weg|allee|platz|damm|steig|ufer|chaussee|gata|gatan"
    r"|gate|gaten|vägen|vegen"
    r"|veien|vej|vei|väg|gade|stræde|straede|vænget|alléen|katu|kuja|tie|polku|puistikko|laan"
    r"|straat|plein|gracht|kade|dreef"
    r"|steenweg|utca|stræti|straeti|braut|gränd|torget|bakken|haugen|stien|svingen|lia|lien|tún"
    r"|hlíð|vellir|sund|holt|gerði|gerdi|rodda|vogur|mýri|nesi|skálinn)"
)

# The kind of street comes first: rue du Parc 12.
FIRST = (
    r"(?:[Rr]ue|Av(?:enue)?\.?|Avda\.?|Avenida|Boulevard|Bd\.?|Boul\.?|Chemin|Ch\.|Allée|Impasse"
    r"|Quai|Route|Rte\.?|Cours|Via(?:le)?|Piazza"
    r"|Corso|Largo|Strada|Vicolo|Calle|C/|C\.|Plaza|Plaça|Pza\.?|Paseo|P\.º|Camino|Carrer"
    r"|Carretera|Ronda|Travesía|Rua|Travessa|Praça|ul\.|Ulica"
    r"|Aleja|al\.|os\.|pl\.|Straße|Am|An der|Auf der|Im|Zum|Zur|Unter den|Place|Square|Passage"
    r"|Rúa|Rambla|Jl\.|Jalan|Urb\.|R\.|Platz)"
)
FIRST_WORDS = (
    r"(?:de la|de las|de los|del|de|du|des|d'|l'|la|le|les"
    r"|el|los|do|da|dos|das|della|delle|dei|di|y|et|e|al|im|den|der|dem|in)"
)

UNIT = (
    r"(?:Suite|Ste\.?|[Aa]pto\.?|Apt\.?|Apartment|Appt?\.?|Flat|Unit|Wohnung|Whg\.?|Top|Stiege"
    r"|Piso|Pta\.?"
    r"|Esc\.?|étage|lejlighed|leil\.?|lgh|Room|Floor|Fl\.?|Bldg\.?|Building)"
    r" ?#?(?:\d{1,5}[A-Za-z]?|[A-Z])(?!\w)"
)
BOX = (
    r"(?:P\.? ?O\.? ?Box|Post(?:fach|boks|box|bus)|Box|PSC|CMR|Unit|B\.?P\.?|C\.?P\.?|Apartado"
    r"(?: de correos)?|Casella postale|Locker|Lokero|pósthólf) ?#?\d{1,6}(?: \d\d(?!\d)){0,2}"
    r"(?:,? (?:Box|Postbox) \d{1,6})?"
)
MILITARY = (
    r"(?:(?:USS|USNS|USNV|USCGC) [^\W\d_]{2,20}[,\n ]{1,3})?"
    r"(?:APO|FPO|DPO),? A[AEP] \d{5}(?:-\d{4})?"
)
STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|IA|ID|IL|IN|KS|KY|LA|MA|MD|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|NJ"
    "|NM|NV"
    "|NY|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VA|VT|WA|WI|WV|WY|DC|PR|NSW|VIC|QLD|TAS|ACT|NT|ON|QC|BC|AB"
    "|MB|SK|NS"
)
