
    use super::testing::{act_of, outline};
    #[test]
    #[ignore]
    fn dump() {
        let file = std::env::var("DUMP").unwrap();
        let read = match std::env::var("FORMAT").unwrap().as_str() {
            "gii" => super::super::gii::read,
            "lois" => super::super::lois::read,
            "bwb" => super::super::bwb::read,
            "egov" => super::super::egov::read,
            _ => super::super::akoma_ntoso::read as super::testing::Reader,
        };
        let text = std::fs::read_to_string(file).unwrap();
        let start = std::time::Instant::now();
        let act = act_of(read, &text);
        let took = start.elapsed();
        if std::env::var("TEXT").is_ok() { println!("{}", act.text.as_str()); } else { println!("{}", outline(&act)); }
        println!("{:?} {:?} {:?} {:?}", act.title, act.identifier, act.language, act.date);
        println!("{:?}", act.problems);
        println!("ARTICLES {} BODY {}", act.articles().count(), super::testing::body_articles(&act));
        println!("{took:?} {} MB/s", text.len() as f64 / 1e6 / took.as_secs_f64());
    }
