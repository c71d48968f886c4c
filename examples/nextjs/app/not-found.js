export default function NotFound() {
  return (
    <>
      <h1>No such page</h1>
      <p>It does not exist, or you are not a member.</p>
    </>
  );
}
