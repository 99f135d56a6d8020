use web_sys::{Element, Node};

/// What holds parts that are compared one by one. Any other element is taken whole.
const HOLDERS: [&str; 6] = ["MAIN", "SECTION", "OL", "UL", "NAV", "DIV"];

/// Makes what an element holds what a newer one holds. What is the same in both stays where it is, with whatever is typed,
/// open or focused in it.
pub(super) fn merge(shown: &Element, newer: &Element) {
    let mut place = shown.first_element_child();
    let mut next = newer.first_element_child();
    while let Some(part) = next {
        next = part.next_element_sibling();
        // What says that there is news is the same in every page, and holds the news that it says.
        if let Some(here) = &place
            && here.id() == "live"
        {
            place = here.next_element_sibling();
        }
        if part.id() == "live" {
            continue;
        }
        if let Some(same) = first_from(place.clone(), |here| here.is_equal_node(Some(&part))) {
            remove_until(place, &same);
            place = same.next_element_sibling();
            continue;
        }
        if let Some(holder) = first_from(place.clone(), |here| is_same_holder(here, &part)) {
            remove_until(place, &holder);
            place = holder.next_element_sibling();
            merge(&holder, &part);
            continue;
        }
        let _ = shown.insert_before(&part, place.as_deref());
    }
    while let Some(gone) = place {
        place = gone.next_element_sibling();
        if gone.id() != "live" {
            gone.remove();
        }
    }
}

/// The first of an element and those behind it of which something is so.
fn first_from(from: Option<Element>, is_it: impl Fn(&Element) -> bool) -> Option<Element> {
    let mut here = from;
    while let Some(element) = here {
        if is_it(&element) {
            return Some(element);
        }
        here = element.next_element_sibling();
    }
    None
}

fn remove_until(from: Option<Element>, end: &Element) {
    let mut here = from;
    while let Some(element) = here
        && element != *end
    {
        here = element.next_element_sibling();
        if element.id() != "live" {
            element.remove();
        }
    }
}

/// Whether two elements are one part of the page, of which what is within is to be compared.
fn is_same_holder(one: &Element, other: &Element) -> bool {
    let named = |name: &str| one.get_attribute(name) == other.get_attribute(name);
    let tag = one.tag_name();
    tag == other.tag_name()
        && HOLDERS.contains(&tag.as_str())
        && ["id", "class", "aria-labelledby", "data-owner"].into_iter().all(named)
        && [one, other].into_iter().all(holds_elements_alone)
}

fn holds_elements_alone(element: &Element) -> bool {
    let mut child = element.first_child();
    while let Some(node) = child {
        if node.node_type() == Node::TEXT_NODE
            && node.text_content().is_some_and(|text| !text.trim().is_empty())
        {
            return false;
        }
        child = node.next_sibling();
    }
    element.first_element_child().is_some()
}
