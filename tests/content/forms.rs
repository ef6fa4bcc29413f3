//! A review says the same in both forms: with its title, factors and actions in the text, or in the front matter.

use serde_json::Value;

use crate::support::TestSite;
use crate::support::form::{FactorNames, factor_names, full, light};

/// The reviews of a site, and the names of its factors.
fn reviews(site: &TestSite) -> (Vec<(String, String)>, FactorNames) {
    let reviews = site.files("content/reviews").into_iter().filter(|(path, _)| path.ends_with(".md"));
    let reviews = reviews.map(|(path, text)| (format!("content/reviews/{path}"), String::from_utf8(text).unwrap()));
    (reviews.collect(), factor_names(&site.read("content/factors.toml")))
}

fn dataset(site: &TestSite) -> Value {
    site.build().expect(0, &[]);
    serde_json::from_str(&site.read("public/data/casebook.json")).unwrap()
}

fn both_forms_say_the_same(site: &TestSite) {
    let (reviews, names) = reviews(site);
    assert!(!reviews.is_empty());
    let as_light = dataset(site);
    for (path, text) in &reviews {
        let in_full = full(text, &names);
        assert_eq!(&light(&in_full, &names), text, "{path} and back");
        site.write(path, in_full);
    }
    let as_full = dataset(site);
    let list = |data: &Value| data["reviews"].as_array().unwrap().clone();
    for (light, full) in list(&as_light).iter().zip(list(&as_full)) {
        let (light, full) = (light.as_object().unwrap(), full.as_object().unwrap());
        for (key, value) in full {
            assert_eq!(light.get(key), Some(value), "{key} of {}", full["id"]);
        }
        assert_eq!(light.len(), full.len(), "{}", full["id"]);
    }
    assert_eq!(as_light, as_full);
}

#[test]
fn the_demo_says_the_same_in_both_forms() {
    both_forms_say_the_same(&TestSite::demo());
}

#[test]
fn the_collection_says_the_same_in_both_forms() {
    both_forms_say_the_same(&TestSite::bundled());
}

#[test]
fn the_review_of_a_new_site_says_the_same_in_both_forms() {
    let site = TestSite::empty();
    site.run(&["init"]).expect(0, &[]);
    both_forms_say_the_same(&site);
}
