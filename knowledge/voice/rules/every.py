"""All kinds of rules, as they are kept and read again."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from knowledge.voice.rules.arranged import Asks, Length, Lists, Paragraphs, Placed, Titles
from knowledge.voice.rules.formats import Format
from knowledge.voice.rules.frame import Contains, Greeting, SignOff
from knowledge.voice.rules.leaning import NoWordsOf, Speech
from knowledge.voice.rules.marks import Marks
from knowledge.voice.rules.person import Person
from knowledge.voice.rules.pictures import Emoji, Hashtags, HashtagStyle
from knowledge.voice.rules.shape import CapitalWords, ReadingGrade, Sentences, SentenceWords
from knowledge.voice.rules.shortened import Contractions
from knowledge.voice.rules.spelling import Spelling
from knowledge.voice.rules.wording import Avoid, Say, Written

Words = Say | Avoid | Written | NoWordsOf | Speech | Contractions | Spelling | Person
Shapes = SentenceWords | Sentences | Length | ReadingGrade | Paragraphs | Lists | Titles | Asks
Looks = Marks | Format | CapitalWords | Emoji | Hashtags | HashtagStyle | Placed
Frames = Greeting | SignOff | Contains
AnyRule = Annotated[Words | Shapes | Looks | Frames, Field(discriminator="kind")]
RULES: TypeAdapter[AnyRule] = TypeAdapter(AnyRule)
