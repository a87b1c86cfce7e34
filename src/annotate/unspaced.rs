//! Word numbers for scripts without blanks. Matching takes every letter of
//! such a script as a word of its own; distances that tests give in words
//! would then be far too short.

use super::age::AgeMention;
use super::annotator::Mention;
use super::fold::Folded;
use super::sentence::Sentence;

/// Counts so many letters as one word, anew with every sentence, in all that
/// was found in a text. Spans in the text stay as they are.
pub(super) fn count_words(
    folded: &Folded,
    letters_per_word: u8,
    sentences: &mut [Sentence],
    ages: &mut [AgeMention],
    mentions: &mut [Mention],
) {
    if letters_per_word <= 1 {
        return;
    }
    let numbers = word_numbers(folded, u32::from(letters_per_word), sentences);
    let renumber = |tokens: &mut (u32, u32)| {
        let at = |index: u32| numbers.get(index as usize).copied().unwrap_or(index);
        *tokens = (at(tokens.0), at(tokens.1.saturating_sub(1)) + 1);
    };
    for sentence in sentences.iter_mut() {
        renumber(&mut sentence.tokens);
    }
    for age in ages {
        renumber(&mut age.tokens);
    }
    for mention in mentions {
        renumber(&mut mention.tokens);
    }
}

/// The number of the word in which each token stands.
fn word_numbers(folded: &Folded, letters_per_word: u32, sentences: &[Sentence]) -> Vec<u32> {
    let mut starts = sentences
        .iter()
        .map(|sentence| sentence.tokens.0)
        .peekable();
    let mut numbers = Vec::with_capacity(folded.tokens.len());
    let (mut word, mut letters) = (0, 0);
    for (index, token) in folded.tokens.iter().enumerate() {
        let new_sentence = starts.next_if(|start| *start as usize <= index).is_some();
        let single = folded.text[token.folded.0 as usize..token.folded.1 as usize]
            .chars()
            .nth(1)
            .is_none();
        if index > 0 && (new_sentence || !single || letters >= letters_per_word) {
            word += 1;
            letters = 0;
        }
        // A word set apart by blanks is a whole one.
        letters += if single { 1 } else { letters_per_word };
        numbers.push(word);
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::word_numbers;
    use crate::annotate::fold::fold;

    #[test]
    fn so_many_letters_are_a_word_and_so_is_what_blanks_set_apart() {
        let folded = fold("กขคงจ UNICEF ฉช", &|_| true);
        assert_eq!(word_numbers(&folded, 2, &[]), [0, 0, 1, 1, 2, 3, 4, 4]);
    }
}
