import { anyText, anything, boolean, byType, type Check, list, object, oneOf, plainText, string } from "./block-schema.ts";

/** Source of all numbers: docs.slack.dev, "Block elements" and "Composition objects". */
const actionId = string(255);

const confirm = object(
  { title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30) },
  { style: oneOf("primary", "danger") },
);

const option = object({ text: anyText(75), value: string(150) }, { description: anyText(75), url: string(3000) });
const optionGroup = object({ label: plainText(75), options: list(100, option) });

const button = object(
  { text: plainText(75) },
  {
    action_id: actionId,
    url: string(3000),
    value: string(2000),
    style: oneOf("primary", "danger"),
    confirm,
    accessibility_label: string(75),
  },
);

/** An image inside a section or a context. */
export const imageElement = object({ alt_text: string(2000) }, { image_url: string(3000), slack_file: anything });

const common = { action_id: actionId, confirm, focus_on_load: boolean };
const placeholder = { placeholder: plainText(150) };

/** A picker whose own fields the lab does not look into: the guard uses none. */
function picker(fields: string[]): Check {
  return object({}, { ...common, ...placeholder, ...Object.fromEntries(fields.map((name) => [name, anything])) });
}

const selects = {
  static_select: object(
    {},
    { ...common, ...placeholder, options: list(100, option), option_groups: list(100, optionGroup), initial_option: option },
  ),
  external_select: picker(["min_query_length", "initial_option"]),
  users_select: picker(["initial_user"]),
  conversations_select: picker(["initial_conversation", "default_to_current_conversation", "filter", "response_url_enabled"]),
  channels_select: picker(["initial_channel", "response_url_enabled"]),
};

const multiSelects = {
  multi_static_select: object(
    {},
    {
      ...common,
      ...placeholder,
      options: list(100, option),
      option_groups: list(100, optionGroup),
      initial_options: anything,
      max_selected_items: anything,
    },
  ),
  multi_external_select: picker(["min_query_length", "initial_options", "max_selected_items"]),
  multi_users_select: picker(["initial_users", "max_selected_items"]),
  multi_conversations_select: picker(["initial_conversations", "default_to_current_conversation", "filter", "max_selected_items"]),
  multi_channels_select: picker(["initial_channels", "max_selected_items"]),
};

const interactive = {
  button,
  checkboxes: object({ options: list(10, option) }, { ...common, initial_options: list(10, option) }),
  datepicker: picker(["initial_date"]),
  overflow: object({ options: list(5, option) }, common),
  radio_buttons: object({ options: list(10, option) }, { ...common, initial_option: option }),
  timepicker: picker(["initial_time", "timezone"]),
  workflow_button: object(
    { text: plainText(75), workflow: anything },
    { action_id: actionId, style: oneOf("primary", "danger"), accessibility_label: string(75) },
  ),
  ...selects,
  ...multiSelects,
};

/** The elements that an actions block can contain. */
export const actionElement = byType({
  ...interactive,
  datetimepicker: picker(["initial_date_time"]),
  rich_text_input: picker(["initial_value", "dispatch_action_config"]),
});

/** The elements that can accompany a section's text. */
export const accessory = byType({ ...interactive, image: imageElement });
