/** Who asked, approved or stopped; `id` is Slack's user id, if they did it there. */
export interface Person {
  name: string;
  id?: string;
}

/** A person in a line of the log. */
export const logged = ({ name, id }: Person): string => (id === undefined || id === name ? name : `${name} (${id})`);
