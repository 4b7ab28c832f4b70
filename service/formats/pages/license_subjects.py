"""Words by which a sentence that names a license is about other things than the article."""

import re

PLATFORM = re.compile(
    r"flickr|commons\.wikimedia|wikimedia commons|unsplash|pixabay|pexels|picjumbo|youtube|vimeo|soundcloud|jamendo"
    r"|openstreetmap|freesound|sketchfab|thenounproject|deviantart|500px|stocksnap|photopin|photodune|compfight|wylio",
    re.IGNORECASE,
)
SOFTWARE = re.compile(
    r"theme|template|design(?:ed)? by|powered by|wordpress|drupal|icons?\b|fonts?\b|plugin|software"
    r"|source code|quellcode",
    re.IGNORECASE,
)
OTHERS_WORDS = re.compile(
    r"\bcomment(?:s|ing|ary)?\b|kommentar|commentaires?|comentario|third[- ]part"
    r"|by (?:posting|submitting|uploading|contributing)"
    r"|you (?:agree|submit|post)|uses? (?:material|text|content) from|wikipedia article|adapted from"
    r"|based on (?:an?|the) "
    r"|aus (?:dem|der) (?:wikipedia|artikel)|auf dem artikel|your (?:submission|contribution|content|post)",
    re.IGNORECASE,
)
PICTURE_LIST = re.compile(
    r"(?:bild|foto|photo|image|picture|illustration|photographie|titelbild|artikelbild|beitragsbild|headerbild"
    r"|aufmacherbild|cover|vorschaubild|music|musik|audio|video)[\w-]*[\s-]{0,2}"
    r"(?:nachweise?|quellen?|rechte|credits?|source|copyright|©|crédits?)?\s{0,2}[:(©/]"
    r"|(?:image|photo|picture|foto|art|video|music) (?:credits?|source|courtesy|by|von|via|©)"
    r"|crédits? (?:photos?|image)"
    r"|^\W*credits?\s?:"
    r"|(?:featured|header|cover|lead|top|title|hero|banner) (?:image|photo|picture)",
    re.IGNORECASE,
)
